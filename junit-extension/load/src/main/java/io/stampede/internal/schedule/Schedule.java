package io.stampede.internal.schedule;

import io.stampede.scenario.Workload;

/**
 * When operations are due, in nanoseconds since the phase began. Walked through once, in order, by one thread at a
 * time.
 */
public abstract class Schedule {

    private final long size;
    private long next;

    Schedule(long size) {
        this.size = size;
    }

    /** The schedule of a workload; the same seed gives the same schedule. */
    public static Schedule of(Workload workload, long seed) {
        if (workload instanceof Workload.Burst burst) {
            return new BurstSchedule(burst);
        }
        if (workload instanceof Workload.Paced paced) {
            return new PacedSchedule(paced);
        }
        if (workload instanceof Workload.Arrivals arrivals) {
            return arrivals.spacing() == Workload.Arrivals.Spacing.POISSON
                    ? new PoissonSchedule(arrivals, seed)
                    : new ConstantSchedule(arrivals);
        }
        if (workload instanceof Workload.Ramp ramp) {
            return new RampSchedule(ramp);
        }
        if (workload instanceof Workload.Waves waves) {
            return new WavesSchedule(waves);
        }
        throw new IllegalStateException("No schedule for " + workload);
    }

    /** How many operations there are. */
    public final long size() {
        return size;
    }

    /** Whether there is another operation. */
    public final boolean hasNext() {
        return next < size;
    }

    /** Index of the operation that {@link #nextDueNanos} would give, from 0. */
    public final long nextIndex() {
        return next;
    }

    /** When the next operation is due: never before the one before it. */
    public final long nextDueNanos() {
        if (!hasNext()) {
            throw new IllegalStateException("All " + size + " operations were given");
        }
        return dueNanos(next++);
    }

    /** How many parts have figures of their own: the ticks of waves, else one. */
    public int segments() {
        return 1;
    }

    /** Which segment an operation belongs to. */
    public int segment(long index) {
        return 0;
    }

    /**
     * How many operations are due before a time, in nanoseconds since the phase began. Asked of a schedule of its own,
     * not of one that is being walked through, and for times that do not fall from call to call.
     */
    public long dueBefore(long nanos) {
        long low = 0;
        long high = size;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (dueNanos(middle) < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Called once for each index, rising from 0; by {@link #dueBefore} in any order, where that is not overridden. */
    abstract long dueNanos(long index);
}
