package io.stampede.storage;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What has happened so far. Thread-safe. */
final class Counts {

    final LongAdder accepted = new LongAdder();
    final LongAdder stored = new LongAdder();
    final LongAdder completed = new LongAdder();
    final LongAdder notStored = new LongAdder();
    final LongAdder notEmbedded = new LongAdder();
    final LongAdder rejected = new LongAdder();

    private static final int MAX_PASSED_OVER = 5;

    // The backlog is what Postgres last said, and what this process did since.
    private final AtomicLong sinceCounted = new AtomicLong();
    private final AtomicLong counted = new AtomicLong();
    private int passedOver;

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

    /**
     * Takes what Postgres said, unless this process changed the backlog while it was asked: then nobody knows. Where that
     * happens time and again, a figure that is off by a batch is better than one that never hears of other processes.
     */
    synchronized void backlogCounted(long backlog, long mark) {
        if (sinceCounted.get() == mark || ++passedOver >= MAX_PASSED_OVER) {
            counted.set(backlog - mark);
            passedOver = 0;
        }
    }

    void reset() {
        accepted.reset();
        stored.reset();
        completed.reset();
        notStored.reset();
        notEmbedded.reset();
        rejected.reset();
    }
}
