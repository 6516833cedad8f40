package io.stampede.schedule;

import io.stampede.scenario.Workload;
import java.util.SplittableRandom;

/**
 * Independent arrivals: exponential gaps, scaled so that the planned number fits the planned duration in the mean. The
 * number of operations is fixed, so the last is due near the planned end, not at it.
 */
final class PoissonSchedule extends Schedule {

    private final SplittableRandom random;
    private final double meanGapNanos;
    private double dueNanos;

    PoissonSchedule(Workload.Arrivals arrivals, long seed) {
        super(arrivals.operations());
        this.random = new SplittableRandom(seed);
        this.meanGapNanos = 1e9 / arrivals.rate().perSecond();
    }

    @Override
    long dueNanos(long index) {
        // Inverse transform sampling of the exponential distribution; 1 - u is never 0.
        dueNanos += -Math.log(1 - random.nextDouble()) * meanGapNanos;
        return Math.round(dueNanos);
    }
}
