package io.stampede.storage;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.stampede.internal.storage.Waits;
import io.stampede.internal.storage.postgres.ConversationTable;
import io.stampede.internal.storage.postgres.RowsRefusedException;
import io.stampede.internal.storage.queue.BatchQueue;
import io.stampede.storage.metrics.PerformanceMonitor;
import io.stampede.storage.model.NotStoredException;
import io.stampede.storage.model.StorageException;
import io.stampede.storage.model.StorageUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches from the queue and stores them until the queue is closed and empty. While Postgres is away it tries again,
 * up to the time limit of each conversation; where Postgres refuses a row it halves the batch until that row stands alone.
 */
final class Writer implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    // Of those whose time is over too, each batch is tried once, unless Postgres has just refused another.
    private static final Duration LEAST_TIME = Duration.ofMillis(4);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final BatchQueue<Ticket> queue;
    private final ConversationTable table;
    private final Receipts receipts;
    private final Counts counts;
    private final PerformanceMonitor monitor;
    private final Signal jobsWritten;
    private final Consumer<List<Ticket>> left;
    private final Duration retryDelay;
    private final Duration storeTimeout;

    // Why Postgres took nothing, and when it said so: only this thread touches it.
    private @Nullable StorageUnavailableException away;
    private long awaySinceNanos;

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
        this.retryDelay = config.retryDelay();
        this.storeTimeout = config.storeTimeout();
    }

    /** Repeats what fails because Postgres is away, ever more rarely, until the time is over. */
    static <T> RetryPolicy<T> patience(Duration retryDelay, Duration limit) {
        Duration first = Waits.shorter(retryDelay, limit.dividedBy(4));
        return RetryPolicy.<T>builder()
                .handleIf((Throwable e) -> e instanceof StorageUnavailableException)
                .withBackoff(first, Waits.shorter(first.multipliedBy(10), limit.dividedBy(2)))
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
                } catch (Error e) { // out of memory, say: the next batch may do better, and nobody else would take it
                    giveUp(batch, e);
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
            int added = storePatiently(batch);
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

    /** Tries until the time of the batch's youngest is over: counted from when it was accepted, and not from now. */
    private int storePatiently(List<Ticket> batch) {
        long age = System.nanoTime() - batch.get(batch.size() - 1).acceptedNanos;
        Duration time = storeTimeout.minusNanos(age);
        boolean late = time.compareTo(LEAST_TIME) < 0;
        StorageUnavailableException before = away;
        if (late && before != null && System.nanoTime() - awaySinceNanos < FRESH_NANOS) {
            // Or a long queue would fail one batch after the other, each after a time limit of its own.
            throw before;
        }
        try {
            int added = Failsafe.with(Writer.<Integer>patience(retryDelay, late ? LEAST_TIME : time))
                    .get(() -> table.store(batch.stream().map(Ticket::row).toList()));
            away = null;
            return added;
        } catch (StorageUnavailableException e) {
            away = e;
            awaySinceNanos = System.nanoTime();
            throw e;
        }
    }

    private void giveUp(List<Ticket> batch, Throwable why) {
        LOG.warn("{} conversations could not be stored", batch.size(), why);
        counts.notStored.add(batch.size());
        left.accept(batch);
        String what =
                batch.size() == 1 ? "Conversation " + batch.get(0).id : "A batch of " + batch.size() + " conversations";
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - batch.get(0).acceptedNanos);
        String message = what + " could not be stored, given up after " + millis + " ms: " + why.getMessage();
        receipts.notStored(batch, new NotStoredException(message, why));
    }

    /** The storage was closed, and the time to drain is over. */
    private static final class Closing extends StorageException {
        private static final long serialVersionUID = 1L;

        Closing() {
            super("The storage was closed before Postgres took it", null);
        }
    }
}
