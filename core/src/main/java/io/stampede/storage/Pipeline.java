package io.stampede.storage;

import io.stampede.internal.storage.embedding.Embedder;
import io.stampede.internal.storage.postgres.ConversationTable;
import io.stampede.internal.storage.postgres.EmbeddingJobs;
import io.stampede.internal.storage.queue.BatchPace;
import io.stampede.internal.storage.queue.BatchQueue;
import io.stampede.storage.metrics.PerformanceMonitor;
import io.stampede.storage.model.NotStoredException;
import io.stampede.storage.model.StorageException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code queue -> store -> embed}: what waits, the threads that work on it, and what they share. Thread-safe. {@link Shutdown}
 * ends it.
 */
final class Pipeline {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    final BatchPace pace;
    final BatchQueue<Ticket> queue;
    final EmbeddingJobs jobs;
    final Receipts receipts = new Receipts();
    final Counts counts = new Counts();
    final PerformanceMonitor monitor = new PerformanceMonitor();
    final BacklogCounter backlog;
    final WorkerThreads writerThreads;
    final WorkerThreads embedderThreads;
    final WorkerThreads backlogThread;

    private final Signal jobsWritten = new Signal();
    private final List<EmbeddingWorker> embeddingWorkers;
    private final Queue<Ticket> left = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    Pipeline(StorageConfig config, ConversationTable table, EmbeddingJobs jobs, Embedder embedder) {
        this.jobs = jobs;
        this.pace = new BatchPace(config.minBatchSize(), config.batchSize(), config.minDelay(), config.maxDelay());
        this.queue = new BatchQueue<>(config.queueCapacity(), pace);
        this.backlog = new BacklogCounter(jobs, counts, receipts);
        // Not daemons: accepted conversations must reach Postgres although main has returned.
        this.writerThreads = WorkerThreads.lasting(
                "stampede-writer",
                IntStream.range(0, config.writers())
                        .mapToObj(i ->
                                new Writer(config, queue, table, receipts, counts, monitor, jobsWritten, this::leave))
                        .toList());
        this.embeddingWorkers = IntStream.range(0, config.embedders())
                .mapToObj(i -> new EmbeddingWorker(
                        config, jobs, embedder, receipts, counts, monitor, jobsWritten, queue::pressed))
                .toList();
        // Daemons: their work is safe in Postgres and needs no process kept alive for it.
        this.embedderThreads = WorkerThreads.daemons("stampede-embedder", embeddingWorkers);
        this.backlogThread = WorkerThreads.daemon("stampede-backlog", backlog);
    }

    void start() {
        backlog.count();
        writerThreads.start();
        embedderThreads.start();
        backlogThread.start();
    }

    /** Takes nothing in from now on; what is given up from now on is kept, to be handed back. */
    void close() {
        closed = true;
        queue.close();
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether it has embedders of its own. */
    boolean embeds() {
        return !embeddingWorkers.isEmpty();
    }

    /** Lets each embedder end after its current batch. */
    void stopEmbedding() {
        embeddingWorkers.forEach(EmbeddingWorker::stop);
        jobsWritten.raise(embeddingWorkers.size());
    }

    /** Whether there is nothing to do, for any process on the database; false where Postgres does not say. */
    boolean idle() {
        try {
            return queue.size() + queue.inFlight() == 0 && receipts.settled() && jobs.backlog() == 0;
        } catch (StorageException e) {
            LOG.debug("Postgres does not say whether there are jobs", e);
            return false;
        }
    }

    /** Gives up what still waits in the queue. For use after {@link #close()}, when no writer is left. */
    void giveUpQueued() {
        List<Ticket> queued = queue.drain();
        if (!queued.isEmpty()) {
            counts.notStored.add(queued.size());
            leave(queued);
            receipts.notStored(
                    queued, new NotStoredException("The storage was closed before this conversation was stored", null));
        }
    }

    /** What was given up since {@link #close()}. */
    List<Ticket> left() {
        return List.copyOf(left);
    }

    private void leave(List<Ticket> tickets) {
        if (closed) {
            left.addAll(tickets);
        }
    }
}
