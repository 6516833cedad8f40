package io.stampede.result;

import io.stampede.scenario.Validity;
import java.io.Serializable;
import java.time.Duration;

/**
 * How the load generator itself was while phases ran: without warm-up, and without what comes between and after them.
 * What was not measured is NaN, zero or empty.
 *
 * @param limits what it is judged by
 * @param watched how long it was watched; zero where it was not
 * @param planned the time that the phases' plans take, of those that have a schedule over time
 * @param starting how long it took until the last operation of those phases had started; never less than {@code planned}
 * @param hiccups by how much a thread that wanted to wake was late, which every operation may have been as well; a stall
 *     counts as often as the thread would have woken in it, so percentiles are of time
 * @param collections how many garbage collections stopped this JVM
 * @param collecting how long they stopped it altogether
 * @param longestCollection the longest of them
 * @param processCpu share of this JVM's processors that this process used, 0 to 1; NaN in less than a second
 * @param machineCpu share of the machine's processors (those of its container, where that is limited) that were busy, 0
 *     to 1; NaN in less than a second
 * @since 0.1
 */
public record GeneratorHealth(
        Validity limits,
        Duration watched,
        Duration planned,
        Duration starting,
        Distribution hiccups,
        long collections,
        Duration collecting,
        Duration longestCollection,
        double processCpu,
        double machineCpu)
        implements Serializable {

    /** Nothing was measured. */
    public static final GeneratorHealth UNKNOWN = unknown(Validity.DEFAULT);

    /** Nothing was measured. */
    public static GeneratorHealth unknown(Validity limits) {
        return new GeneratorHealth(
                limits,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Distribution.EMPTY,
                0,
                Duration.ZERO,
                Duration.ZERO,
                Double.NaN,
                Double.NaN);
    }

    /**
     * The rate at which operations were started as a share of the planned one, 0 to 1. How long they took has no part in
     * it. NaN where no phase had a schedule over time.
     */
    public double delivered() {
        return planned.isZero() ? Double.NaN : planned.toNanos() / (double) starting.toNanos();
    }

    /** The share of the time in which garbage collections stopped this JVM, 0 to 1; NaN where nobody watched. */
    public double collectingShare() {
        return watched.isZero() ? Double.NaN : Math.min(1, collecting.toNanos() / (double) watched.toNanos());
    }
}
