package io.stampede.internal.recorder;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Part of a recorder's samples, in slices of a second. Used by whoever has locked it. The lock is never held while
 * anything is waited for.
 */
final class Shard {

    /** Slices that wait to be folded; with more, whoever records folds them. */
    private static final int MAX_FULL = 4;

    private static final int SPINS = 64;
    private static final VarHandle LOCKED;

    static {
        try {
            LOCKED = MethodHandles.lookup().findVarHandle(Shard.class, "locked", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Histogram lag = Histograms.create();
    private final Histogram failureTime = Histograms.create();
    private long punctual; // operations without any lag
    private List<Slice> full = new ArrayList<>();
    private Slice current = new Slice();

    @SuppressWarnings("UnusedVariable") // read and written through LOCKED
    private volatile int locked;

    // Held for some ten nanoseconds. Whoever finds it held for longer waits for a thread that has lost its processor.
    @SuppressWarnings("ThreadPriorityCheck")
    void lock() {
        for (int i = 1; !LOCKED.compareAndSet(this, 0, 1); i++) {
            if (i % SPINS == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    void unlock() {
        LOCKED.setRelease(this, 0);
    }

    /** Whether there is so much to fold that it should be done at once. */
    boolean record(long due, long start, long end, boolean failure) {
        boolean much = false;
        if (end - current.startNanos >= Series.FIRST_WIDTH_NANOS) {
            much = turn(end);
        }
        if (start == due) {
            punctual++;
        } else {
            Histograms.record(lag, start - due);
        }
        if (failure) {
            Histograms.record(failureTime, end - due);
        }
        current.record(due, start, end, failure);
        return much;
    }

    private boolean turn(long end) {
        if (!current.isEmpty()) {
            full.add(current);
            current = new Slice();
        }
        current.startNanos = end - end % Series.FIRST_WIDTH_NANOS;
        return full.size() > MAX_FULL;
    }

    void addTo(Histogram lags, Histogram failureTimes) {
        lags.add(lag);
        if (punctual > 0) {
            lags.recordValueWithCount(0, punctual);
        }
        failureTimes.add(failureTime);
    }

    /** All slices that hold samples. */
    List<Slice> take(List<Slice> spares) {
        List<Slice> taken = full;
        full = new ArrayList<>();
        if (!current.isEmpty()) {
            taken.add(current);
            Slice next = spares.isEmpty() ? new Slice() : spares.remove(spares.size() - 1);
            next.startNanos = current.startNanos;
            current = next;
        }
        return taken;
    }
}
