package io.stampede.internal.recorder;

import org.jspecify.annotations.Nullable;

/** Figures of one tick among several of a phase. May be used by all threads. */
public final class SegmentRecorder {

    private final long planned;
    private @Nullable Slice slice; // from the first operation to the last: there may be a thousand ticks
    private @Nullable Segment whole;

    /** @param planned how many operations there will be */
    public SegmentRecorder(long planned) {
        this.planned = planned;
    }

    /** One operation that ended; times since the run began. */
    public synchronized void record(long dueNanos, long startNanos, long endNanos, boolean failure) {
        if (slice == null) {
            slice = new Slice();
        }
        slice.record(dueNanos, startNanos, endNanos, failure);
        if (slice.succeeded + slice.failed == planned) {
            whole = segment();
            slice = null;
        }
    }

    /** What was recorded so far. */
    public synchronized Segment segment() {
        if (whole != null) {
            return whole;
        }
        Slice folded = new Slice();
        if (slice != null) {
            folded.add(slice);
        }
        return folded.segment();
    }
}
