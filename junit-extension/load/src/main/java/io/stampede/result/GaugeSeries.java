package io.stampede.result;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A gauge over the run.
 *
 * @param name as it was registered
 * @param backlog whether it is expected to come back to zero
 * @param points in order; long runs keep fewer points, each the highest of its stretch
 * @param samples how often it was read
 * @param errors how often reading it failed
 * @param max of all samples, as are {@code mean} and {@code last}; NaN where there are none
 * @param afterRecovery the value when the watch after the load ended; NaN where nobody watched
 * @param lastError why reading it failed last; null where it never did
 * @since 0.1
 */
public record GaugeSeries(
        String name,
        boolean backlog,
        List<Point> points,
        long samples,
        long errors,
        double min,
        double max,
        double mean,
        double last,
        double afterRecovery,
        @Nullable String lastError)
        implements Serializable {

    /** A gauge that every run has: bytes of heap in use after the last garbage collection. */
    public static final String HEAP_AFTER_COLLECTION = "heap after collection";

    /** A gauge that every run has: percent of the processors that this process used. */
    public static final String PROCESS_CPU = "CPU of this process";

    /** A gauge that every run has: percent of the machine's processors that were busy. */
    public static final String MACHINE_CPU = "CPU of the machine";

    /** A gauge that every run has: percent of the time in which garbage collections stopped this JVM. */
    public static final String COLLECTING = "time in GC pauses";

    private static final Set<String> ENGINE = Set.of(HEAP_AFTER_COLLECTION, PROCESS_CPU, MACHINE_CPU, COLLECTING);

    /** Whether every run has a gauge of that name by itself, so that nobody registered it. */
    public static boolean ofEngine(String name) {
        return ENGINE.contains(name);
    }

    public GaugeSeries {
        points = List.copyOf(points);
    }

    /**
     * A value read.
     *
     * @param at since the run began
     */
    public record Point(Duration at, double value) implements Serializable {}
}
