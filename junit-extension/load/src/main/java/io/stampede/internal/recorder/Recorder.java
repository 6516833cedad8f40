package io.stampede.internal.recorder;

import io.stampede.result.Distribution;
import io.stampede.result.FailureGroup;
import io.stampede.result.Interval;
import io.stampede.result.Outcomes;
import io.stampede.result.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Takes samples of one run. May be used by all threads: each sample goes to one of a few shards, so that threads hardly
 * meet and memory does not depend on their number.
 */
public final class Recorder {

    private static final Claim ALWAYS = () -> true;

    private final Shard[] shards;
    private final FailureLog failures = new FailureLog();

    // What follows is guarded by this.
    private final Series series = new Series();
    private final List<Slice> spares = new ArrayList<>();
    private final Slice recent = new Slice(); // not in what follows
    private final Slice unseen = new Slice(); // since the last view
    private final Slice segment = new Slice();
    private final Slice total = new Slice();

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
     * One operation that ended. Durations beyond 24 hours count as 24 hours.
     *
     * @param stripe any number; the same for samples of one thread, different for different threads
     * @param dueNanos since the run began
     * @param startNanos since the run began
     * @param endNanos since the run began
     * @param failure what it failed with; null where it succeeded
     */
    public void record(
            int stripe, long operation, long dueNanos, long startNanos, long endNanos, @Nullable Throwable failure) {
        record(stripe, ALWAYS, operation, dueNanos, startNanos, endNanos, failure);
    }

    /**
     * As above, but only if the sample is still to be had. Nobody else whose samples have the same stripe is asked
     * meanwhile, so that the answer needs no lock of its own.
     *
     * @return whether it was recorded
     */
    public boolean record(
            int stripe,
            Claim claim,
            long operation,
            long dueNanos,
            long startNanos,
            long endNanos,
            @Nullable Throwable failure) {
        Shard shard = shards[stripe & (shards.length - 1)];
        boolean full;
        shard.lock();
        try {
            if (!claim.take()) {
                return false;
            }
            full = shard.record(dueNanos, startNanos, endNanos, failure != null);
        } finally {
            shard.unlock();
        }
        if (failure != null) {
            failures.add(operation, endNanos, failure);
        }
        if (full) {
            flush();
        }
        return true;
    }

    /** Says whether a sample is to be recorded, and takes it in that case. Called with a lock held: must be short. */
    @FunctionalInterface
    public interface Claim {
        boolean take();
    }

    /** Moves what the shards hold into the totals. */
    private synchronized void flush() {
        for (Shard shard : shards) {
            List<Slice> taken;
            shard.lock();
            try {
                taken = shard.take(spares);
            } finally {
                shard.unlock();
            }
            for (Slice slice : taken) {
                recent.add(slice);
                series.add(slice);
                slice.reset();
                if (spares.size() < 2 * shards.length) {
                    spares.add(slice);
                }
            }
        }
    }

    private void look() {
        flush();
        unseen.add(recent);
        segment.add(recent);
        total.add(recent);
        recent.reset();
    }

    /** A view of the run so far. Called by one thread. */
    public synchronized Live live() {
        look();
        Outcomes news = unseen.outcomes();
        unseen.reset();
        double p95Nanos = total.succeeded == 0 ? Double.NaN : total.response.getValueAtPercentile(95);
        return new Live(new Snapshot.Progress(total.succeeded, total.failed, p95Nanos), news);
    }

    /** What was recorded since the last call: the figures of a phase, once all its operations have ended. */
    public synchronized Segment takeSegment() {
        look();
        Segment taken = segment.segment();
        segment.reset();
        return taken;
    }

    /**
     * All that was recorded.
     *
     * @param planned how long the load lasts by the plan, also if nothing ends at its very end
     */
    public synchronized Recording recording(Duration planned) {
        look();
        Histogram lag = Histograms.create();
        Histogram failureTime = Histograms.create();
        for (Shard shard : shards) {
            shard.lock();
            try {
                shard.addTo(lag, failureTime);
            } finally {
                shard.unlock();
            }
        }
        return new Recording(
                total.outcomes(),
                Histograms.distribution(lag),
                Histograms.distribution(failureTime),
                series.intervals(Math.max(total.lastEndNanos, planned.toNanos())),
                failures.groups());
    }

    /**
     * A run at one instant.
     *
     * @param progress since the run began
     * @param news what ended since the last view
     */
    public record Live(Snapshot.Progress progress, Outcomes news) {}

    /** All samples of a run, folded. */
    public record Recording(
            Outcomes outcomes,
            Distribution lag,
            Distribution failureTime,
            List<Interval> series,
            List<FailureGroup> failures) {}
}
