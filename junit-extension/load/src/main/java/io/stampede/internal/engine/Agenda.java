package io.stampede.internal.engine;

import io.stampede.internal.schedule.Schedule;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The operations of an open workload that nobody has taken yet. May be used by all threads; each operation is taken
 * once, in the order in which they are due.
 */
final class Agenda {

    /** What {@link #take} gives where nothing was taken. */
    static final long NOTHING = -1;

    private static final int SPINS = 64;
    private static final VarHandle LOCKED;
    private static final VarHandle NEXT_DUE;
    private static final VarHandle NEXT_INDEX;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LOCKED = lookup.findVarHandle(Agenda.class, "locked", int.class);
            NEXT_DUE = lookup.findVarHandle(Agenda.class, "nextDueNanos", long.class);
            NEXT_INDEX = lookup.findVarHandle(Agenda.class, "nextIndex", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Schedule schedule;
    private final long size;

    @SuppressWarnings("UnusedVariable") // read and written through LOCKED
    private volatile int locked;

    // Written by whoever holds the lock, read by all.
    private long nextDueNanos; // since the phase began
    private long nextIndex;

    Agenda(Schedule schedule) {
        this.schedule = schedule;
        this.size = schedule.size();
        this.nextDueNanos = schedule.hasNext() ? schedule.nextDueNanos() : Long.MAX_VALUE;
    }

    /** Whether all operations were taken. */
    boolean isEmpty() {
        return taken() >= size;
    }

    /** When the next operation that nobody has taken is due, since the phase began; never where there is none. */
    long nextDueNanos() {
        return (long) NEXT_DUE.getAcquire(this);
    }

    /** How many operations were taken. */
    long taken() {
        return (long) NEXT_INDEX.getAcquire(this);
    }

    /**
     * Takes the next operation if it is due at {@code sinceBeginNanos} or before.
     *
     * @param due receives when it is due, since the phase began
     * @return its index, or {@link #NOTHING}
     */
    long take(long sinceBeginNanos, Due due) {
        if (nextDueNanos() > sinceBeginNanos) {
            return NOTHING; // seen without the lock: what is due later only becomes later
        }
        lock();
        try {
            long dueNanos = nextDueNanos;
            if (dueNanos > sinceBeginNanos || nextIndex >= size) {
                return NOTHING;
            }
            long index = nextIndex;
            due.nanos = dueNanos;
            NEXT_DUE.setRelease(this, schedule.hasNext() ? schedule.nextDueNanos() : Long.MAX_VALUE);
            NEXT_INDEX.setRelease(this, index + 1);
            return index;
        } finally {
            LOCKED.setRelease(this, 0);
        }
    }

    // Held for some ten nanoseconds. Whoever finds it taken for longer waits for a thread that has lost its processor.
    @SuppressWarnings("ThreadPriorityCheck")
    private void lock() {
        for (int i = 1; !LOCKED.compareAndSet(this, 0, 1); i++) {
            if (i % SPINS == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** When an operation is due; one for each thread that takes. */
    static final class Due {
        long nanos;
    }
}
