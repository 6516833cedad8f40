package io.stampede.recorder;

import io.stampede.result.Distribution;
import org.HdrHistogram.Histogram;

/** Figures of one phase, step or tick. May be used by all threads. */
public final class SegmentRecorder {

    private final Histogram response = Histograms.create();
    private final Histogram service = Histograms.create();
    private long succeeded;
    private long failed;
    private long firstDueNanos = Long.MAX_VALUE;
    private long lastEndNanos = Long.MIN_VALUE;

    /** One operation that ended; times since the run began. */
    public synchronized void record(long dueNanos, long startNanos, long endNanos, boolean failure) {
        firstDueNanos = Math.min(firstDueNanos, dueNanos);
        lastEndNanos = Math.max(lastEndNanos, endNanos);
        if (failure) {
            failed++;
        } else {
            succeeded++;
            Histograms.record(response, endNanos - dueNanos);
            Histograms.record(service, endNanos - startNanos);
        }
    }

    /** What was recorded so far. */
    public synchronized Segment segment() {
        long first = succeeded + failed == 0 ? 0 : firstDueNanos;
        long last = succeeded + failed == 0 ? 0 : lastEndNanos;
        return new Segment(
                succeeded, failed, first, last, Histograms.distribution(response), Histograms.distribution(service));
    }

    /** Folded samples; times since the run began, zero where nothing ended. */
    public record Segment(
            long succeeded,
            long failed,
            long firstDueNanos,
            long lastEndNanos,
            Distribution response,
            Distribution service) {}
}
