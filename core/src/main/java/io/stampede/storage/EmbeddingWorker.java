package io.stampede.storage;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import io.stampede.internal.storage.Retries;
import io.stampede.internal.storage.Waits;
import io.stampede.internal.storage.embedding.Embedder;
import io.stampede.internal.storage.embedding.Embedding;
import io.stampede.internal.storage.postgres.EmbeddingJob;
import io.stampede.internal.storage.postgres.EmbeddingJobs;
import io.stampede.internal.storage.postgres.RowsRefusedException;
import io.stampede.storage.metrics.PerformanceMonitor;
import io.stampede.storage.model.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims jobs, has their texts embedded and stores the vectors, until told to stop. Jobs left over by an earlier process,
 * or written by another, are found by looking now and then.
 */
final class EmbeddingWorker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddingWorker.class);

    private static final Duration LOOK_AROUND = Duration.ofMillis(500);
    private static final int MAX_DOUBLINGS = 10;

    // Long enough for a burst to be stored, short beside what a model takes for a batch.
    private static final Duration MOST_YIELDED = Duration.ofMillis(50);
    private static final Duration YIELD = Duration.ofMillis(2);

    private final StorageConfig config;
    private final EmbeddingJobs jobs;
    private final Embedder embedder;
    private final Receipts receipts;
    private final Counts counts;
    private final PerformanceMonitor monitor;
    private final Signal jobsWritten;
    private final BooleanSupplier storingPressed;
    private final FailsafeExecutor<List<EmbeddingJobs.Completed>> patient;
    private final Duration untilNextTrial;
    private volatile boolean stopped;

    EmbeddingWorker(
            StorageConfig config,
            EmbeddingJobs jobs,
            Embedder embedder,
            Receipts receipts,
            Counts counts,
            PerformanceMonitor monitor,
            Signal jobsWritten,
            BooleanSupplier storingPressed) {
        this.config = config;
        this.jobs = jobs;
        this.embedder = embedder;
        this.receipts = receipts;
        this.counts = counts;
        this.monitor = monitor;
        this.jobsWritten = jobsWritten;
        this.storingPressed = storingPressed;
        this.untilNextTrial = Waits.shorter(config.breakerDelay(), LOOK_AROUND);
        this.patient = Failsafe.with(Writer.patience(config.retryDelay(), config.storeTimeout()));
    }

    /** Ends the work after the current batch; one that waits for work has to be woken. */
    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                try {
                    work();
                } catch (RuntimeException | Error e) { // one that ended would be missed by nobody
                    LOG.warn("No job can be worked on just now: {}", String.valueOf(e));
                    LOG.debug("It failed here", e);
                    jobsWritten.await(LOOK_AROUND);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() throws InterruptedException {
        // Before any job is claimed: jobs that are claimed and given back, over and over, would wear out their table.
        if (!embedder.ready()) {
            jobsWritten.await(untilNextTrial);
            return;
        }
        yieldToStoring();
        UUID lease = TimeOrderedIds.next();
        List<EmbeddingJob> claimed = jobs.claim(config.embedBatchSize(), lease, config.lease());
        if (claimed.isEmpty()) {
            jobsWritten.await(LOOK_AROUND);
            return;
        }
        if (claimed.size() == config.embedBatchSize()) {
            jobsWritten.raise(); // there may be more, for another worker
        }
        try {
            process(claimed, lease);
        } catch (InterruptedException e) {
            release(claimed, lease, Duration.ZERO, "The storage was closed");
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.warn("{} jobs could not be finished and are given back", claimed.size(), e);
            release(claimed, lease, config.retryDelay(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * Lets storing have Postgres and the processors while it does not keep up: what waits to be stored is in memory and
     * has callers waiting, while jobs are safe. Bounded, so that embedding goes on whatever the load.
     */
    private void yieldToStoring() throws InterruptedException {
        long begin = System.nanoTime();
        while (!stopped && storingPressed.getAsBoolean() && System.nanoTime() - begin < MOST_YIELDED.toNanos()) {
            Thread.sleep(YIELD.toMillis());
        }
    }

    private void process(List<EmbeddingJob> batch, UUID lease) throws InterruptedException {
        List<EmbeddingJob> claimed = new ArrayList<>(batch);
        for (EmbeddingJob job : batch) {
            // Whoever claimed it last neither finished it nor gave it back, as often as it may be tried.
            if (job.attempt() > config.maxAttempts()) {
                claimed.remove(job);
                fail(job, lease, "Every attempt ended with the process that made it");
            }
        }
        embed(claimed, lease);
    }

    private void embed(List<EmbeddingJob> claimed, UUID lease) throws InterruptedException {
        List<Embedding> outcomes =
                embedder.embed(claimed.stream().map(EmbeddingJob::text).toList());
        Map<EmbeddingJob, float[]> vectors = new LinkedHashMap<>();
        Map<EmbeddingJob, String> refused = new LinkedHashMap<>();
        List<EmbeddingJob> later = new ArrayList<>();
        String why = "";
        for (int i = 0; i < claimed.size(); i++) {
            Embedding outcome = outcomes.get(i);
            if (outcome instanceof Embedding.Vector vector) {
                vectors.put(claimed.get(i), vector.values());
            } else if (outcome instanceof Embedding.Refused bad) {
                refused.put(claimed.get(i), bad.error());
            } else if (outcome instanceof Embedding.Unavailable away) {
                later.add(claimed.get(i));
                why = away.error();
            }
        }
        if (!vectors.isEmpty()) {
            complete(vectors, lease);
        }
        refused.forEach((job, error) -> fail(job, lease, error));
        if (!later.isEmpty()) {
            LOG.warn("{} embeddings are put off: {}", later.size(), why);
            release(later, lease, config.retryDelay(), why);
        }
    }

    private void complete(Map<EmbeddingJob, float[]> vectors, UUID lease) throws InterruptedException {
        Map<UUID, float[]> rows = new LinkedHashMap<>();
        vectors.forEach((job, vector) -> rows.put(job.conversationId(), vector));
        List<EmbeddingJobs.Completed> done;
        try {
            done = Retries.get(patient, () -> jobs.complete(config.model(), rows));
        } catch (RowsRefusedException e) {
            if (vectors.size() == 1) {
                fail(vectors.keySet().iterator().next(), lease, String.valueOf(e.getMessage()));
            } else {
                for (Map.Entry<EmbeddingJob, float[]> one : vectors.entrySet()) {
                    complete(Map.of(one.getKey(), one.getValue()), lease);
                }
            }
            return;
        }
        counts.backlogChanged(-done.size());
        counts.completed.add(done.size());
        done.forEach(one -> monitor.record(PerformanceMonitor.EMBED, one.nanos()));
        receipts.embedded(
                done.stream().map(EmbeddingJobs.Completed::conversationId).toList());
    }

    private void fail(EmbeddingJob job, UUID lease, String error) {
        Duration delay =
                config.retryDelay().multipliedBy(1L << Math.min(MAX_DOUBLINGS, Math.max(0, job.attempt() - 1)));
        if (jobs.fail(job.conversationId(), lease, error, delay, config.maxAttempts())) {
            LOG.warn(
                    "The embedding of {} failed {} times and is parked: {}",
                    job.conversationId(),
                    job.attempt(),
                    error);
            counts.backlogChanged(-1);
            counts.notEmbedded.increment();
            receipts.notEmbedded(job.conversationId(), error);
        }
    }

    /** Gives jobs back. Where that fails too, their lease runs out. */
    private void release(List<EmbeddingJob> held, UUID lease, Duration delay, String why) {
        List<UUID> ids = held.stream().map(EmbeddingJob::conversationId).toList();
        try {
            Waits.uninterrupted(() -> jobs.release(ids, lease, delay, why));
        } catch (StorageException e) {
            LOG.warn("{} jobs stay claimed until their lease ends", held.size(), e);
        }
    }
}
