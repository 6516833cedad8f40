package io.stampede.internal.engine;

import io.stampede.internal.schedule.Schedule;
import io.stampede.scenario.Workload;
import java.util.Arrays;

/**
 * A stretch in which the target does nothing, and what that has to look like from outside: who comes while it lasts
 * waits for its end.
 *
 * @param fromNanos since the first due time could be
 * @param serviceNanos what an operation takes by itself
 */
record Freeze(long fromNanos, long untilNanos, long serviceNanos) {

    /** How long the target keeps one who comes at that time, beside what the operation takes by itself. */
    long waitNanos(long atNanos) {
        return keeps(atNanos) ? untilNanos - atNanos : 0;
    }

    /** Whether it has begun and not ended. */
    boolean keeps(long atNanos) {
        return atNanos >= fromNanos && atNanos < untilNanos;
    }

    /** The response times of a workload's operations if each started when it was due, sorted. */
    long[] truth(Workload workload, long seed) {
        return Arrays.stream(dues(workload, seed))
                .map(due -> waitNanos(due) + serviceNanos)
                .sorted()
                .toArray();
    }

    /** Nearest rank. */
    static long percentile(double percentile, long[] sorted) {
        return sorted[Math.max(1, (int) Math.ceil(percentile * sorted.length / 100)) - 1];
    }

    static long[] dues(Workload workload, long seed) {
        Schedule schedule = Schedule.of(workload, seed);
        long[] dues = new long[(int) schedule.size()];
        for (int i = 0; i < dues.length; i++) {
            dues[i] = schedule.nextDueNanos();
        }
        return dues;
    }
}
