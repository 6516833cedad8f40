package io.stampede.recorder;

import io.stampede.result.Distribution;
import io.stampede.result.FailureGroup;
import io.stampede.result.Interval;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Takes samples of one run. May be used by all threads: each sample goes to one of a few shards, so that threads hardly
 * meet and memory does not depend on their number.
 */
public final class Recorder {

    private final Shard[] shards;
    private final Series series = new Series();
    private final FailureLog failures = new FailureLog();
    private Distribution response = Distribution.EMPTY;
    private Distribution service = Distribution.EMPTY;
    private Distribution freshResponse = Distribution.EMPTY; // since the last look at the run
    private Distribution freshService = Distribution.EMPTY;
    private long succeeded;
    private long failed;

    /** @param shards how many threads can record without waiting for each other; a power of two */
    public Recorder(int shards) {
        if (Integer.bitCount(shards) != 1) {
            throw new IllegalArgumentException("shards must be a power of two, but was " + shards);
        }
        this.shards = new Shard[shards];
        for (int i = 0; i < shards; i++) {
            this.shards[i] = new Shard();
        }
    }

    /**
     * One operation that ended.
     *
     * @param stripe any number; the same for samples of one thread, different for different threads
     * @param endNanos since the run began
     * @param dueNanos since the run began
     * @param startNanos since the run began
     * @param failure what it failed with; null where it succeeded
     */
    public void record(
            int stripe, long operation, long dueNanos, long startNanos, long endNanos, @Nullable Throwable failure) {
        shards[stripe & (shards.length - 1)].record(dueNanos, startNanos, endNanos, failure != null);
        if (failure != null) {
            failures.add(operation, endNanos, failure);
        }
    }

    /** Moves what the shards hold into the totals. */
    private void flush() {
        for (Shard shard : shards) {
            shard.flush();
        }
    }

    /** A view of the run so far, and of what came since the last call. */
    public synchronized Live live() {
        flush();
        Live live = new Live(succeeded, failed, response.percentileNanos(95), freshResponse, freshService);
        freshResponse = Distribution.EMPTY;
        freshService = Distribution.EMPTY;
        return live;
    }

    /** All that was recorded. */
    public synchronized Recording recording() {
        flush();
        Histogram lag = Histograms.create();
        Histogram failureTime = Histograms.create();
        for (Shard shard : shards) {
            shard.addTo(lag, failureTime);
        }
        return new Recording(
                succeeded,
                failed,
                response,
                service,
                Histograms.distribution(lag),
                Histograms.distribution(failureTime),
                series.intervals(),
                failures.groups());
    }

    private synchronized void add(long startNanos, long ok, long bad, Distribution responses, Distribution services) {
        succeeded += ok;
        failed += bad;
        response = response.plus(responses);
        service = service.plus(services);
        freshResponse = freshResponse.plus(responses);
        freshService = freshService.plus(services);
        series.add(startNanos, ok, bad, responses, services);
    }

    /**
     * A run at one instant.
     *
     * @param succeeded of the whole run, as are {@code failed} and {@code p95Nanos}
     * @param p95Nanos response time; NaN where nothing succeeded
     * @param response of operations that succeeded since the last look
     * @param service of operations that succeeded since the last look
     */
    public record Live(long succeeded, long failed, double p95Nanos, Distribution response, Distribution service) {}

    /** All samples of a run, folded. */
    public record Recording(
            long succeeded,
            long failed,
            Distribution response,
            Distribution service,
            Distribution lag,
            Distribution failureTime,
            List<Interval> series,
            List<FailureGroup> failures) {}

    /** Holds one second at a time; its lock is never held by a thread that waits for anything but the totals. */
    private final class Shard {
        private final Histogram response = Histograms.create();
        private final Histogram service = Histograms.create();
        private final Histogram lag = Histograms.create();
        private final Histogram failureTime = Histograms.create();
        private long startNanos;
        private long succeeded;
        private long failed;

        private record Slice(
                long startNanos, long succeeded, long failed, Distribution response, Distribution service) {}

        void record(long due, long start, long end, boolean failure) {
            Slice full = null;
            synchronized (this) {
                if (end - startNanos >= Series.FIRST_WIDTH_NANOS) {
                    full = take();
                    startNanos = end - end % Series.FIRST_WIDTH_NANOS;
                }
                Histograms.record(lag, start - due);
                if (failure) {
                    failed++;
                    Histograms.record(failureTime, end - due);
                } else {
                    succeeded++;
                    // From when the operation was due, not from when a thread was free: otherwise a stalled target
                    // hides its own stall.
                    Histograms.record(response, end - due);
                    Histograms.record(service, end - start);
                }
            }
            add(full);
        }

        void flush() {
            Slice slice;
            synchronized (this) {
                slice = take();
            }
            add(slice);
        }

        synchronized void addTo(Histogram lags, Histogram failureTimes) {
            lags.add(lag);
            failureTimes.add(failureTime);
        }

        // Outside the shard's lock: the totals' lock is taken before a shard's when results are read.
        private void add(@Nullable Slice slice) {
            if (slice != null) {
                Recorder.this.add(slice.startNanos, slice.succeeded, slice.failed, slice.response, slice.service);
            }
        }

        private @Nullable Slice take() {
            if (succeeded + failed == 0) {
                return null;
            }
            Slice slice = new Slice(
                    startNanos, succeeded, failed, Histograms.distribution(response), Histograms.distribution(service));
            response.reset();
            service.reset();
            succeeded = 0;
            failed = 0;
            return slice;
        }
    }
}
