package io.stampede.storage;

import io.stampede.internal.storage.postgres.EmbeddingJobs;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Postgres every second how many embeddings are still to be made, and what became of those that receipts have waited
 * for: other processes embed too, and nobody else tells of it. Runs until told to stop.
 */
final class BacklogCounter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(BacklogCounter.class);

    private static final Duration COUNT_EVERY = Duration.ofSeconds(1);

    private final EmbeddingJobs jobs;
    private final Counts counts;
    private final Receipts receipts;
    private final CountDownLatch stopped = new CountDownLatch(1);

    BacklogCounter(EmbeddingJobs jobs, Counts counts, Receipts receipts) {
        this.jobs = jobs;
        this.counts = counts;
        this.receipts = receipts;
    }

    @Override
    public void run() {
        try {
            while (!stopped.await(COUNT_EVERY.toNanos(), TimeUnit.NANOSECONDS)) {
                count();
                askForReceipts();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the work; one that waits for its next turn wakes. */
    void stop() {
        stopped.countDown();
    }

    /** Counts once, on the calling thread; a Postgres that does not answer leaves the last count. */
    void count() {
        try {
            long mark = counts.mark();
            counts.backlogCounted(jobs.backlog(), mark);
        } catch (RuntimeException e) {
            LOG.debug("The backlog cannot be counted just now", e);
        }
    }

    private void askForReceipts() {
        List<UUID> ids = receipts.toAskFor();
        try {
            if (!ids.isEmpty()) {
                receipts.found(jobs.status(ids));
            }
        } catch (RuntimeException e) {
            LOG.debug("Receipts cannot be looked up just now", e);
        }
    }
}
