package io.stampede.recorder;

/** Figures of one tick among several of a phase. May be used by all threads. */
public final class SegmentRecorder {

    private final Slice slice = new Slice();

    /** One operation that ended; times since the run began. */
    public synchronized void record(long dueNanos, long startNanos, long endNanos, boolean failure) {
        slice.record(dueNanos, startNanos, endNanos, failure);
    }

    /** What was recorded so far. */
    public synchronized Segment segment() {
        Slice folded = new Slice();
        folded.add(slice);
        return folded.segment();
    }
}
