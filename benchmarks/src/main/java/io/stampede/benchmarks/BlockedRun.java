package io.stampede.benchmarks;

import io.stampede.internal.engine.Threads;
import io.stampede.scenario.Workload;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Operations that all block at once, in a JVM of its own: how soon all of them are in flight, and what they hold. */
final class BlockedRun {

    static final String COMMAND = "blocked-run";

    /** Who starts them. */
    enum By {
        STAMPEDE,
        /** A thread for each, started one after the other. */
        THREADS,
        JUNITPERF
    }

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private BlockedRun() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        By by = arguments.choice("--by", By.STAMPEDE);
        int operations = arguments.whole("--operations", 2_000, 1, Blocked.MOST);
        Threads kind = arguments.kind();
        arguments.end();

        CountDownLatch open = new CountDownLatch(0);
        start(by, kind, 2, new Starts(2), new CountDownLatch(2), open).get(); // loads what every run needs
        double heapBefore = Surroundings.heapBytes();
        double residentBefore = Surroundings.residentBytes();

        Starts starts = new Starts(operations);
        CountDownLatch inFlight = new CountDownLatch(operations);
        CountDownLatch release = new CountDownLatch(1);
        long called = System.nanoTime();
        FutureTask<Double> running = start(by, kind, operations, starts, inFlight, release);
        boolean all = inFlight.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
        double heap = Surroundings.heapBytes() - heapBefore;
        double resident = Surroundings.residentBytes() - residentBefore;
        release.countDown();
        double leastLag = running.get();
        if (!all) {
            throw new IllegalStateException(
                    inFlight.getCount() + " of " + operations + " operations had not started after " + LIMIT);
        }

        long[] nanos = starts.sorted();
        long last = nanos[nanos.length - 1];
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("due", last - nanos[0] + leastLag);
        figures.put("called", (double) last - called);
        figures.put("heap", heap / operations);
        figures.put("native", resident / operations);
        ChildJvm.tell(out, figures);
    }

    /** Gives by how much the most punctual operation was late. */
    private static FutureTask<Double> start(
            By by, Threads kind, int operations, Starts starts, CountDownLatch inFlight, CountDownLatch release) {
        FutureTask<Double> task = new FutureTask<>(() -> switch (by) {
            case STAMPEDE -> stampede(kind, operations, starts, inFlight, release);
            case THREADS -> threads(operations, starts, inFlight, release);
            case JUNITPERF -> junitPerf(operations, starts, inFlight, release);
        });
        Thread thread = new Thread(task, "blocked");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static double stampede(
            Threads kind, int operations, Starts starts, CountDownLatch inFlight, CountDownLatch release) {
        Map<String, String> settings = Map.of(
                "stampede.threads", kind.name(),
                "stampede.progress", "off",
                "stampede.concurrency.max", String.valueOf(Math.max(10_000, operations + 1)));
        return StampedeRun.of(Workload.burst(operations), settings, iteration -> {
                    starts.mark(iteration.index());
                    inFlight.countDown();
                    release.await();
                })
                .lag()
                .percentileNanos(0);
    }

    private static double threads(int operations, Starts starts, CountDownLatch inFlight, CountDownLatch release)
            throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            Thread thread = new Thread(() -> {
                starts.mark();
                inFlight.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return 0;
    }

    private static double junitPerf(int operations, Starts starts, CountDownLatch inFlight, CountDownLatch release) {
        JUnitPerfRun.of(operations, LIMIT.multipliedBy(2), -1, operations, () -> {
            starts.mark();
            inFlight.countDown();
            release.await();
        });
        return 0;
    }
}
