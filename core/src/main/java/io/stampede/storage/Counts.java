package io.stampede.storage;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What has happened so far. Thread-safe. */
final class Counts {

    final LongAdder accepted = new LongAdder();
    final LongAdder stored = new LongAdder();
    final LongAdder completed = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder rejected = new LongAdder();

    // The backlog is what Postgres last said, and what this process did since.
    private final AtomicLong sinceCounted = new AtomicLong();
    private final AtomicLong counted = new AtomicLong();

    long backlog() {
        return Math.max(0, counted.get() + sinceCounted.get());
    }

    void backlogChanged(long by) {
        sinceCounted.addAndGet(by);
    }

    /** A mark to be handed to {@link #backlogCounted} after asking Postgres. */
    long mark() {
        return sinceCounted.get();
    }

    /** Takes what Postgres said, unless this process changed the backlog while it was asked: then nobody knows. */
    void backlogCounted(long backlog, long mark) {
        if (sinceCounted.get() == mark) {
            counted.set(backlog - mark);
        }
    }

    void reset() {
        accepted.reset();
        stored.reset();
        completed.reset();
        failed.reset();
        rejected.reset();
    }
}
