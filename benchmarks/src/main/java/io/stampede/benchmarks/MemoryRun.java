package io.stampede.benchmarks;

import io.stampede.internal.engine.Threads;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Rate;
import io.stampede.scenario.Workload;
import java.io.PrintStream;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A short and a long run one after the other in a JVM of its own, and the heap in use after each, its result held. */
final class MemoryRun {

    static final String COMMAND = "memory-run";

    /** What is run so often. */
    enum Shape {
        BURST,
        ARRIVALS,
        USERS
    }

    private static final Duration CALIBRATION = Duration.ofMillis(500);

    private MemoryRun() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        Shape shape = arguments.choice("--workload", Shape.BURST);
        int few = arguments.whole("--few", Memory.FEW, Memory.LEAST, Memory.MOST);
        int many = arguments.whole("--many", Memory.MANY, Memory.LEAST, Memory.MOST);
        int threads = arguments.whole("--threads", 2, 1, 1_000);
        Threads kind = arguments.kind();
        arguments.end();

        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("stampede.threads", kind.name());
        settings.put("stampede.progress", "off");
        settings.put("stampede.timeout", "1h");
        if (shape != Shape.USERS) {
            settings.put("stampede.concurrency.max", String.valueOf(threads));
        }
        LoadResult warm = run(workload(shape, few, threads, Double.NaN), settings); // loads what every run needs
        double perSecond = warm.throughput();

        LoadResult shorter = run(workload(shape, few, threads, perSecond), settings);
        double afterFew = heapHolding(shorter);
        double residentAfterFew = Surroundings.residentBytes();

        LoadResult longer = run(workload(shape, many, threads, shorter.throughput()), settings);
        double afterMany = heapHolding(longer);
        double residentAfterMany = Surroundings.residentBytes();

        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("few", (double) shorter.ended());
        figures.put("many", (double) longer.ended());
        figures.put("heap.few", afterFew);
        figures.put("heap.many", afterMany);
        figures.put("resident.few", residentAfterFew);
        figures.put("resident.many", residentAfterMany);
        figures.put("seconds", longer.elapsed().toNanos() / 1e9);
        ChildJvm.tell(out, figures);
    }

    private static double heapHolding(LoadResult result) throws InterruptedException {
        try {
            return Surroundings.heapBytes();
        } finally {
            Reference.reachabilityFence(result);
        }
    }

    private static LoadResult run(Workload workload, Map<String, String> settings) {
        return StampedeRun.of(workload, settings, iteration -> {});
    }

    /** @param perSecond what users manage, as far as is known: they are told a time, not a number of operations */
    private static Workload workload(Shape shape, int operations, int threads, double perSecond) {
        return switch (shape) {
            case BURST -> Workload.burst(operations);
            case ARRIVALS -> Workload.arrivals(Rate.perSecond(1e7), Duration.ofNanos(operations * 100L));
            case USERS ->
                Workload.users(
                        threads,
                        Double.isNaN(perSecond)
                                ? CALIBRATION
                                : Duration.ofNanos(Math.max(1_000_000, Math.round(operations / perSecond * 1e9))));
        };
    }
}
