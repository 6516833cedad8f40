package io.stampede.internal.recorder;

import io.stampede.result.Outcomes;
import org.HdrHistogram.Histogram;

/** Samples of a stretch of time. Used by one thread at a time. */
final class Slice {

    final Histogram response = Histograms.create();
    private final Histogram service = Histograms.create();

    // Of operations that started when they were due: response and service time are one, and recorded once.
    private final Histogram both = Histograms.create();
    long startNanos;
    long succeeded;
    long failed;
    long firstDueNanos = Long.MAX_VALUE;
    long lastEndNanos = Long.MIN_VALUE;

    void record(long due, long start, long end, boolean failure) {
        firstDueNanos = Math.min(firstDueNanos, due);
        lastEndNanos = Math.max(lastEndNanos, end);
        if (failure) {
            failed++;
        } else {
            succeeded++;
            // From when the operation was due, not from when a thread was free: otherwise a stalled target hides its
            // own stall.
            if (start == due) {
                Histograms.record(both, end - start);
            } else {
                Histograms.record(response, end - due);
                Histograms.record(service, end - start);
            }
        }
    }

    boolean isEmpty() {
        return succeeded + failed == 0;
    }

    void add(Slice other) {
        if (other.isEmpty()) {
            return;
        }
        if (other.response.getTotalCount() > 0) {
            response.add(other.response);
            service.add(other.service);
        }
        if (other.both.getTotalCount() > 0) {
            response.add(other.both);
            service.add(other.both);
        }
        succeeded += other.succeeded;
        failed += other.failed;
        firstDueNanos = Math.min(firstDueNanos, other.firstDueNanos);
        lastEndNanos = Math.max(lastEndNanos, other.lastEndNanos);
    }

    void reset() {
        if (isEmpty()) {
            return;
        }
        response.reset();
        service.reset();
        both.reset();
        succeeded = 0;
        failed = 0;
        firstDueNanos = Long.MAX_VALUE;
        lastEndNanos = Long.MIN_VALUE;
    }

    /** Of what was added from other slices. */
    Outcomes outcomes() {
        return new Outcomes(succeeded, failed, Histograms.distribution(response), Histograms.distribution(service));
    }

    Segment segment() {
        return new Segment(outcomes(), isEmpty() ? 0 : firstDueNanos, isEmpty() ? 0 : lastEndNanos);
    }
}
