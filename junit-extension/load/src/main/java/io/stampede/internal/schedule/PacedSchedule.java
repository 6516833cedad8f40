package io.stampede.internal.schedule;

import io.stampede.scenario.Workload;

/** Equal gaps, the first operation at once. */
final class PacedSchedule extends Schedule {

    private final long everyNanos;

    PacedSchedule(Workload.Paced paced) {
        super(paced.total());
        this.everyNanos = paced.every().toNanos();
    }

    @Override
    long dueNanos(long index) {
        return index * everyNanos;
    }
}
