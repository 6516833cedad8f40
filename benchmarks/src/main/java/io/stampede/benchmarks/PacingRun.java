package io.stampede.benchmarks;

import io.stampede.internal.engine.Threads;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Rate;
import io.stampede.scenario.Workload;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One paced run in a JVM of its own: by how much each operation started after it was due. */
final class PacingRun {

    static final String COMMAND = "pacing-run";

    /** Who keeps the pace. */
    enum By {
        STAMPEDE,
        /** One thread that parks until the next operation is due, less the spin, and spins for the rest. */
        LOOP,
        /** Two threads and JUnitPerf's own limit of executions a second. */
        JUNITPERF
    }

    private PacingRun() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        By by = arguments.choice("--by", By.STAMPEDE);
        int rate = arguments.whole("--rate", 1_000, Pacing.LEAST_RATE, Pacing.MOST_RATE);
        Duration duration = arguments.duration("--duration", Duration.ofSeconds(10), Pacing.SHORTEST, Pacing.LONGEST);
        Duration settled = arguments.duration("--settled", Duration.ofSeconds(3), Duration.ZERO, Pacing.LONGEST);
        Duration spin = arguments.duration("--spin", Duration.ZERO, Duration.ZERO, Pacing.LONGEST_SPIN);
        Threads kind = arguments.kind();
        arguments.end();

        Starts starts = new Starts(Math.toIntExact(Math.max(1, rate * duration.toMillis() / 1000)));
        Waiting waiting = new Waiting(starts, settled, duration);
        waiting.start();
        double leastLag = switch (by) {
            case STAMPEDE -> stampede(starts, rate, duration, spin, kind);
            case LOOP -> loop(starts, rate, duration, spin);
            case JUNITPERF -> junitPerf(starts, rate, duration);
        };
        long[] nanos = starts.sorted();
        double[] lags = lags(nanos, rate, leastLag);
        double[] later = Arrays.copyOfRange(
                lags, (int) Math.min(lags.length, Math.round(rate * (settled.toNanos() / 1e9))), lags.length);

        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("started", (double) lags.length);
        put(figures, "all", lags);
        put(figures, "later", later);
        figures.put("cpu", waiting.cpu());
        ChildJvm.tell(out, figures);
    }

    private static double stampede(Starts starts, int rate, Duration duration, Duration spin, Threads kind) {
        LoadResult result = StampedeRun.of(
                Workload.arrivals(Rate.perSecond(rate), duration),
                Map.of(
                        "stampede.spin",
                        spin.toNanos() + "ns",
                        "stampede.threads",
                        kind.name(),
                        "stampede.progress",
                        "off"),
                iteration -> starts.mark(iteration.index()));
        return result.lag().percentileNanos(0);
    }

    private static double loop(Starts starts, int rate, Duration duration, Duration spin) {
        long operations = rate * duration.toMillis() / 1000;
        long spinNanos = spin.toNanos();
        long begin = System.nanoTime();
        double least = Double.POSITIVE_INFINITY;
        for (long i = 0; i < operations; i++) {
            long due = begin + Math.round(i * 1e9 / rate);
            long left;
            while ((left = due - System.nanoTime()) > 0) {
                if (left > spinNanos) {
                    LockSupport.parkNanos(left - spinNanos);
                } else {
                    Thread.onSpinWait();
                }
            }
            least = Math.min(least, (double) -left);
            starts.mark(i);
        }
        return least;
    }

    private static double junitPerf(Starts starts, int rate, Duration duration) {
        JUnitPerfRun.of(2, duration, rate, -1, starts::mark);
        return 0;
    }

    /**
     * Start - due. The due times are a grid of equal gaps, laid so that the most punctual operation is late by {@code
     * leastLag}. That is what its contender says of it, and 0 where it says nothing, which flatters it.
     */
    private static double[] lags(long[] starts, int rate, double leastLag) {
        double[] lags = new double[starts.length];
        for (int i = 0; i < starts.length; i++) {
            lags[i] = starts[i] - starts[0] - i * 1e9 / rate;
        }
        double least = Arrays.stream(lags).min().orElse(0);
        for (int i = 0; i < lags.length; i++) {
            lags[i] += leastLag - least;
        }
        return lags;
    }

    private static void put(Map<String, Double> figures, String name, double[] lags) {
        double[] sorted = lags.clone();
        Arrays.sort(sorted);
        figures.put(name + ".p50", percentile(sorted, 0.5));
        figures.put(name + ".p99", percentile(sorted, 0.99));
        figures.put(name + ".max", percentile(sorted, 1));
    }

    private static double percentile(double[] sorted, double share) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)]; // nearest rank
    }

    /** What this process computes while it waits for due times, from when it has settled until shortly before the end. */
    private static final class Waiting extends Thread {

        private static final Duration MARGIN = Duration.ofMillis(50);

        private final Starts starts;
        private final Duration settled;
        private final Duration duration;
        private volatile double cores = Double.NaN;

        Waiting(Starts starts, Duration settled, Duration duration) {
            super("waiting");
            setDaemon(true);
            this.starts = starts;
            this.settled = settled;
            this.duration = duration;
        }

        @Override
        public void run() {
            try {
                starts.awaitFirst();
                long firstNanos = System.nanoTime();
                sleepUntil(firstNanos + settled.toNanos());
                double cpu = Surroundings.cpuSeconds();
                long begin = System.nanoTime();
                sleepUntil(firstNanos + duration.minus(MARGIN).toNanos());
                long window = System.nanoTime() - begin;
                if (window >= MARGIN.toNanos()) {
                    cores = (Surroundings.cpuSeconds() - cpu) / (window / 1e9);
                }
            } catch (InterruptedException e) {
                // The JVM ends.
            }
        }

        private static void sleepUntil(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
        }

        /** Cores that were busy on average; NaN where the run was too short to tell. */
        double cpu() throws InterruptedException {
            join(MARGIN.toMillis() * 10);
            return cores;
        }
    }
}
