package io.stampede.storage;

import io.stampede.internal.storage.Waits;
import io.stampede.internal.storage.embedding.Embedder;
import io.stampede.internal.storage.postgres.Database;
import io.stampede.storage.metrics.MetricsStream;
import io.stampede.storage.model.CloseReport;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains a pipeline that takes nothing in any more, ends its threads, and tells what was left. Every wait has a bound, also
 * where Postgres hangs. For one thread, once.
 */
final class Shutdown {

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private final Pipeline pipeline;
    private final Database database;
    private final Embedder embedder;
    private final Collection<MetricsStream> streams;
    private final List<WorkerThreads> asking = new ArrayList<>();
    private final AtomicLong backlog = new AtomicLong(-1); // how many jobs wait in Postgres, once it says so
    private boolean postgresAnswers = true; // as far as has been found out

    Shutdown(Pipeline pipeline, Database database, Embedder embedder, Collection<MetricsStream> streams) {
        this.pipeline = pipeline;
        this.database = database;
        this.embedder = embedder;
        this.streams = streams;
    }

    /** Drains for at most this long; ending what hangs takes up to a few seconds more. */
    CloseReport run(Duration limit) {
        long begin = System.nanoTime();
        long deadline = begin + limit.toNanos();

        end(pipeline.writerThreads, deadline);
        // Without embedders of its own nobody says when another process will come round to it.
        Waits.until(deadline, () -> !pipeline.embeds() || pipeline.receipts.waiting() == 0 || embedder.breakerOpen());
        pipeline.stopEmbedding();
        end(pipeline.embedderThreads, Math.max(deadline, after(GRACE.dividedBy(4))));

        // Once draining is over, an interrupt has nothing left to hurry: half-closed pools would keep their threads.
        Waits.uninterrupted(this::tearDown);
        List<Conversation> notStored = pipeline.left().stream()
                .map(ticket -> ticket.notStored().withId(ticket.id))
                .toList();
        return new CloseReport(notStored, backlog.get(), Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Waits for the threads; those that do not end by then are told to, and so is Postgres. */
    private void end(WorkerThreads threads, long deadlineNanos) {
        if (!threads.join(deadlineNanos)) {
            threads.interrupt();
            askPostgres(database::cancelRunning);
            threads.join(after(GRACE));
        }
    }

    /** Ends what is left and breaks the promises that cannot be kept. */
    private void tearDown() {
        pipeline.backlog.stop();
        pipeline.backlogThread.join(after(GRACE));
        streams.forEach(MetricsStream::close);
        askPostgres(this::countLeft);
        // Breaks the connections that are still in use, and with them the wait of any thread that is left.
        database.close();
        embedder.close();
        pipeline.writerThreads.join(after(GRACE));
        pipeline.embedderThreads.join(after(GRACE));
        long deadline = after(GRACE);
        asking.forEach(threads -> threads.join(deadline));

        pipeline.giveUpQueued();
        pipeline.receipts.close(GRACE);
    }

    private boolean countLeft() {
        try {
            backlog.set(pipeline.jobs.backlog());
            return true;
        } catch (StorageException e) {
            LOG.warn("The backlog cannot be counted", e);
            return false;
        }
    }

    /** Asks something of Postgres, on a thread of its own and not for long; nothing more where it did not answer. */
    private void askPostgres(BooleanSupplier question) {
        if (!postgresAnswers) {
            return;
        }
        AtomicBoolean answered = new AtomicBoolean();
        WorkerThreads thread = WorkerThreads.daemon("stampede-closing", () -> answered.set(question.getAsBoolean()));
        asking.add(thread);
        thread.start();
        Waits.uninterrupted(() -> thread.join(after(ANSWER)));
        postgresAnswers = answered.get();
    }

    private static long after(Duration time) {
        return System.nanoTime() + time.toNanos();
    }
}
