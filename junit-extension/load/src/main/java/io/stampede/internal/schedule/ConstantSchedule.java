package io.stampede.internal.schedule;

import io.stampede.scenario.Workload;

/** A constant rate. */
final class ConstantSchedule extends Schedule {

    private final double perSecond;

    ConstantSchedule(Workload.Arrivals arrivals) {
        super(arrivals.operations());
        this.perSecond = arrivals.rate().perSecond();
    }

    @Override
    long dueNanos(long index) {
        return Math.round(index * 1e9 / perSecond); // from the start, so rounding never adds up
    }
}
