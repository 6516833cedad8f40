package io.stampede.internal.baseline;

import io.stampede.baseline.Measure;
import io.stampede.baseline.Standing;
import io.stampede.internal.verdict.Results;
import io.stampede.result.Distribution;
import io.stampede.result.Interval;
import io.stampede.result.Outcomes;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Draws runs as a service gives them: log-normal response times with a heavy tail, slices that are like those before
 * them, and a level of its own for each run. Seeded.
 */
final class SimulatedRuns {

    static final Fingerprint FINGERPRINT = new Fingerprint(Map.of("plan", "simulated"));

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final int INTERVALS = 10;
    private static final int OPERATIONS = 300; // in each
    private static final double SHAPE = 0.5;
    private static final double MEDIAN_NANOS = 5e6;

    private final RandomGenerator random;
    private final double between;
    private final double withinSlices;
    private final double[] shapes = new double[1 << 16]; // drawn once: drawing is what takes long
    private int drawn;

    /**
     * @param between standard deviation of the logarithm of a run's level
     * @param withinSlices the same of a slice's level within its run; neighbours are alike with a correlation of 0.6
     * @param tail share of operations that take a time from a Pareto distribution of index 1.5
     */
    SimulatedRuns(long seed, double between, double withinSlices, double tail) {
        this.random = new SplittableRandom(seed);
        this.between = between;
        this.withinSlices = withinSlices;
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = Math.exp(SHAPE * random.nextGaussian())
                    * (random.nextDouble() < tail ? Math.min(1000, Math.pow(1 - random.nextDouble(), -1 / 1.5)) : 1);
        }
    }

    /** A stress test that ended with this capacity. */
    static StoredRun stress(long capacity) {
        return new StoredRun(
                "simulated",
                START,
                FINGERPRINT,
                Standing.SAME,
                false,
                Map.of(),
                new Outcomes(1000, 0, Distribution.EMPTY, Distribution.EMPTY),
                Duration.ofSeconds(10),
                Map.of(Measure.CAPACITY, (double) capacity),
                List.of());
    }

    /** @param factor on every response time */
    StoredRun run(double factor) {
        return run(factor, level -> level);
    }

    /** @param level from a standard normal number to the level's; for other distributions between runs */
    StoredRun run(double factor, DoubleUnaryOperator level) {
        double log = Math.log(MEDIAN_NANOS * factor) + between * level.applyAsDouble(random.nextGaussian());
        double slice = random.nextGaussian();
        List<Interval> series = new ArrayList<>();
        Distribution all = Distribution.EMPTY;
        for (int i = 0; i < INTERVALS; i++) {
            long[] nanos = new long[OPERATIONS];
            double scale = Math.exp(log + withinSlices * slice);
            for (int j = 0; j < OPERATIONS; j++) {
                nanos[j] = rounded(scale * shapes[random.nextInt(shapes.length)]);
            }
            Distribution times = distribution(nanos);
            series.add(new Interval(
                    Duration.ofSeconds(i),
                    Duration.ofSeconds(1),
                    new Outcomes(OPERATIONS, 0, times, Distribution.EMPTY)));
            all = all.plus(times);
            slice = 0.6 * slice + 0.8 * random.nextGaussian();
        }
        Results results = Results.basic()
                .workload(Workload.paced((long) INTERVALS * OPERATIONS, Duration.ofMillis(10)))
                .counts((long) INTERVALS * OPERATIONS, 0)
                .responseTime(all);
        series.forEach(results::interval);
        StoredRun run = StoredRun.of(results.build(), FINGERPRINT, Map.of());
        return new StoredRun(
                run.scenario(),
                START.plus(Duration.ofHours(drawn++)),
                run.fingerprint(),
                run.standing(),
                false,
                run.notes(),
                new Outcomes(
                        run.outcomes().succeeded(), run.outcomes().failed(), Distribution.EMPTY, Distribution.EMPTY),
                run.elapsed(),
                run.figures(),
                run.slices());
    }

    List<StoredRun> runs(int count) {
        List<StoredRun> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(run(1));
        }
        return runs;
    }

    // As a histogram does it, to three digits.
    private static long rounded(double nanos) {
        long unit = Math.max(1, Long.highestOneBit(Math.round(nanos)) >> 10);
        return Math.round(nanos) / unit * unit;
    }

    private static Distribution distribution(long[] nanos) {
        Arrays.sort(nanos);
        long[] values = new long[nanos.length];
        long[] counts = new long[nanos.length];
        int size = 0;
        for (long value : nanos) {
            if (size == 0 || values[size - 1] != value) {
                values[size++] = value;
            }
            counts[size - 1]++;
        }
        return Distribution.of(Arrays.copyOf(values, size), Arrays.copyOf(counts, size));
    }
}
