package io.stampede.result;

import java.io.Serializable;
import java.time.Duration;

/**
 * How the load generator itself was during a run. What was not measured is NaN, zero or empty.
 *
 * @param hiccups by how much a thread that slept was woken too late, which every operation may have been as well
 * @param collections how many garbage collections stopped this JVM
 * @param collecting how long they stopped it altogether
 * @param longestCollection the longest of them
 * @param processCpu share of the machine's processors that this process used, 0 to 1
 * @param machineCpu share of the machine's processors that were busy, 0 to 1
 * @since 0.1
 */
public record GeneratorHealth(
        Distribution hiccups,
        long collections,
        Duration collecting,
        Duration longestCollection,
        double processCpu,
        double machineCpu)
        implements Serializable {

    /** Nothing was measured. */
    public static final GeneratorHealth UNKNOWN =
            new GeneratorHealth(Distribution.EMPTY, 0, Duration.ZERO, Duration.ZERO, Double.NaN, Double.NaN);
}
