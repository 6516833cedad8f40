package io.stampede.internal.recorder;

import io.stampede.result.Distribution;
import org.HdrHistogram.Histogram;

/**
 * By how much a thread was late that wants to wake at a steady pace. A stall makes one long wake-up of many, so those
 * that would have been in it are counted too: percentiles are of time. May be used by all threads.
 */
public final class HiccupRecorder {

    private final Histogram late = Histograms.create();
    private final long everyNanos;

    /** @param everyNanos the pace */
    public HiccupRecorder(long everyNanos) {
        this.everyNanos = everyNanos;
    }

    /** One wake-up that came so much too late. */
    public synchronized void record(long lateNanos) {
        long left = Math.min(lateNanos, Histograms.MAX_NANOS);
        do {
            Histograms.record(late, left);
            left -= everyNanos;
        } while (left > 0);
    }

    /** What was recorded so far. */
    public synchronized Distribution distribution() {
        return Histograms.distribution(late);
    }
}
