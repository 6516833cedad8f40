package io.stampede.storage;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.stampede.storage.metrics.PerformanceMonitor;
import io.stampede.storage.model.NotStoredException;
import io.stampede.storage.model.StorageException;
import io.stampede.storage.model.StorageUnavailableException;
import io.stampede.storage.postgres.ConversationTable;
import io.stampede.storage.postgres.RowsRefusedException;
import io.stampede.storage.queue.BatchQueue;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches from the queue and stores them until the queue is closed and empty. While Postgres is away it tries again,
 * up to the time limit; where Postgres refuses a row it halves the batch until that row stands alone.
 */
final class Writer implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private final BatchQueue<Ticket> queue;
    private final ConversationTable table;
    private final Receipts receipts;
    private final Counts counts;
    private final PerformanceMonitor monitor;
    private final Signal jobsWritten;
    private final Consumer<List<Ticket>> left;
    private final FailsafeExecutor<Integer> patient;

    Writer(
            StorageConfig config,
            BatchQueue<Ticket> queue,
            ConversationTable table,
            Receipts receipts,
            Counts counts,
            PerformanceMonitor monitor,
            Signal jobsWritten,
            Consumer<List<Ticket>> left) {
        this.queue = queue;
        this.table = table;
        this.receipts = receipts;
        this.counts = counts;
        this.monitor = monitor;
        this.jobsWritten = jobsWritten;
        this.left = left;
        this.patient = Failsafe.with(patience(config.retryDelay(), config.storeTimeout()));
    }

    /** Repeats what fails because Postgres is away, ever more rarely, until the time is over. */
    static <T> RetryPolicy<T> patience(Duration retryDelay, Duration limit) {
        Duration first = min(retryDelay, limit.dividedBy(4));
        return RetryPolicy.<T>builder()
                .handleIf((Throwable e) -> e instanceof StorageUnavailableException)
                .withBackoff(first, min(first.multipliedBy(10), limit.dividedBy(2)))
                .withJitter(0.2)
                .withMaxRetries(-1)
                .withMaxDuration(limit)
                .onRetry(e -> LOG.warn("Trying again: {}", String.valueOf(e.getLastException())))
                .build();
    }

    @Override
    public void run() {
        try {
            for (List<Ticket> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
                try {
                    receipts.expect(batch);
                    store(batch);
                } finally {
                    queue.settle(batch.size());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void store(List<Ticket> batch) {
        try {
            int added = patient.get(
                    () -> table.store(batch.stream().map(Ticket::row).toList()));
            counts.backlogChanged(added);
            counts.stored.add(batch.size());
            long now = System.nanoTime();
            batch.forEach(ticket -> monitor.record(PerformanceMonitor.STORE, now - ticket.acceptedNanos));
            receipts.stored(batch);
            jobsWritten.raise();
        } catch (RowsRefusedException e) {
            if (batch.size() == 1) {
                giveUp(batch, e);
            } else {
                store(batch.subList(0, batch.size() / 2));
                store(batch.subList(batch.size() / 2, batch.size()));
            }
        } catch (FailsafeException e) {
            giveUp(batch, e.getCause() instanceof InterruptedException ? new Closing() : e);
        } catch (RuntimeException | Error e) {
            giveUp(batch, e);
        }
    }

    private void giveUp(List<Ticket> batch, Throwable why) {
        LOG.warn("{} conversations could not be stored", batch.size(), why);
        counts.notStored.add(batch.size());
        left.accept(batch);
        String message = batch.size() == 1
                ? "Conversation " + batch.get(0).id + " could not be stored: " + why.getMessage()
                : "A batch of " + batch.size() + " conversations could not be stored: " + why.getMessage();
        receipts.notStored(batch, new NotStoredException(message, why));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The storage was closed, and the time to drain is over. */
    private static final class Closing extends StorageException {
        private static final long serialVersionUID = 1L;

        Closing() {
            super("The storage was closed before Postgres took it", null);
        }
    }
}
