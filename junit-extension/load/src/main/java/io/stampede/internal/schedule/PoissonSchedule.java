package io.stampede.internal.schedule;

import io.stampede.scenario.Workload;
import java.util.SplittableRandom;

/**
 * Independent arrivals. The number of operations and the duration are both planned, so this is the Poisson process under
 * the condition that it has just that many arrivals: then these are spread like as many points thrown at random, in
 * order, and the last is due within the plan (Ross, Introduction to Probability Models, section 5.3, on the conditional
 * distribution of arrival times).
 */
final class PoissonSchedule extends Schedule {

    /** More than these are not drawn again only to be counted; the share of the time is as near as the eye can tell. */
    private static final long MAX_COUNTED = 1_000_000;

    private final SplittableRandom random;
    private final double planNanos;
    private double dueNanos;
    private long drawn; // by dueBefore, as is the one that it has not counted yet
    private long pendingNanos = -1;

    PoissonSchedule(Workload.Arrivals arrivals, long seed) {
        super(arrivals.operations());
        this.random = new SplittableRandom(seed);
        this.planNanos = arrivals.duration().toNanos();
    }

    @Override
    public long dueBefore(long nanos) {
        if (size() > MAX_COUNTED) {
            return Math.round(size() * Math.min(1, Math.max(0, nanos / planNanos)));
        }
        while (true) {
            if (pendingNanos < 0) {
                if (drawn == size()) {
                    return drawn;
                }
                pendingNanos = dueNanos(drawn++);
            }
            if (pendingNanos >= nanos) {
                return drawn - 1;
            }
            pendingNanos = -1;
        }
    }

    @Override
    long dueNanos(long index) {
        // The first of the points that are left, thrown at the time that is left: 1 - u^(1/n) of it, written so that
        // nothing cancels. 1 - u is never 0.
        double share = -Math.expm1(Math.log(1 - random.nextDouble()) / (size() - index));
        dueNanos += (planNanos - dueNanos) * share;
        return Math.round(dueNanos);
    }
}
