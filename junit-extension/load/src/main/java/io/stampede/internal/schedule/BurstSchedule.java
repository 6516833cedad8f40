package io.stampede.internal.schedule;

import io.stampede.scenario.Workload;

/** All at once. */
final class BurstSchedule extends Schedule {

    BurstSchedule(Workload.Burst burst) {
        super(burst.operations());
    }

    @Override
    long dueNanos(long index) {
        return 0;
    }
}
