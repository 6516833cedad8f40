package io.stampede.internal.schedule;

import io.stampede.scenario.Workload;

/**
 * A rate r(t) = a + (b - a) t / T. Operation n is due when the integral of the rate reaches n, the smaller root of a
 * quadratic; written so that nothing cancels where the rates are nearly equal.
 */
final class RampSchedule extends Schedule {

    private final double from;
    private final double slope;
    private final double seconds;

    RampSchedule(Workload.Ramp ramp) {
        super(ramp.operations());
        this.from = ramp.from().perSecond();
        this.seconds = ramp.duration().toNanos() / 1e9;
        this.slope = (ramp.to().perSecond() - from) / seconds;
    }

    @Override
    long dueNanos(long index) {
        // Rounding the total may put the last operation a hair beyond what the rates give: hence the 0.
        double root = Math.sqrt(Math.max(0, from * from + 2 * slope * index));
        double due = 2 * index / (from + root);
        return Math.round(Math.min(due, seconds) * 1e9);
    }
}
