package io.stampede.storage;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.stampede.internal.storage.Waits;
import io.stampede.internal.storage.embedding.Embedder;
import io.stampede.internal.storage.metrics.StorageMeters;
import io.stampede.internal.storage.postgres.ConversationTable;
import io.stampede.internal.storage.postgres.Database;
import io.stampede.internal.storage.postgres.EmbeddingJobs;
import io.stampede.internal.storage.text.TextRule;
import io.stampede.storage.metrics.MetricsStream;
import io.stampede.storage.metrics.PerformanceMonitor;
import io.stampede.storage.metrics.StorageStats;
import io.stampede.storage.model.CloseReport;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.Page;
import io.stampede.storage.model.QueueFullException;
import io.stampede.storage.model.Receipt;
import io.stampede.storage.model.SimilarConversation;
import io.stampede.storage.model.StorageException;
import io.stampede.storage.model.StoredConversation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores conversations in Postgres, in batches, and their embeddings soon after: {@code queue -> store -> embed}, each
 * stage bounded and observable. Once {@link Receipt#stored()} completes, a crash loses nothing: what is still to be
 * embedded is taken up by the next storage on that database. Thread-safe; several storages, in any number of processes,
 * may share a database.
 *
 * <p>It has to be closed: its writers keep the process alive until then, so that nothing accepted is dropped because
 * {@code main} returned. On JDK 17 to 20 the selector thread of the JDK's HTTP client (a daemon) ends only when it is
 * collected; every other thread is gone when {@link #close()} returns, but for callbacks of the caller that hang.
 *
 * @since 0.1
 */
public final class ConversationStorage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConversationStorage.class);

    private final StorageConfig config;
    private final Database database;
    private final Embedder embedder;
    private final ConversationTable table;
    private final Pipeline pipeline;
    private final Counts counts;
    private final StorageMeters meters;
    private final Queue<MetricsStream> streams = new ConcurrentLinkedQueue<>();

    private final Object closeLock = new Object();
    private @Nullable CloseReport report;

    private ConversationStorage(StorageConfig config, Database database, Embedder embedder) {
        this.config = config;
        this.database = database;
        this.embedder = embedder;
        this.table = new ConversationTable(database);
        this.pipeline = new Pipeline(config, table, new EmbeddingJobs(database), embedder);
        this.counts = pipeline.counts;
        this.meters = new StorageMeters(this::stats, pipeline.monitor);
    }

    /**
     * Connects to Postgres and Ollama, brings the tables up to date, pulls the model where that is allowed, and starts.
     * Where the database has seen embeddings of the model before, Ollama is not needed: without it conversations are
     * stored, and embedded when it is back; {@link #embeddingError()} tells of it.
     *
     * @param config where Postgres and Ollama are, and the limits
     * @return an open storage, to be closed
     * @throws io.stampede.storage.model.StorageUnavailableException where one of them is needed and does not answer within
     *     the connect timeout, or Ollama has no such model; naming its address, without passwords
     * @throws StorageException where the tables cannot be brought up to date, or Ollama is needed and refuses to embed
     */
    public static ConversationStorage open(StorageConfig config) {
        Database database = Database.open(config.database());
        Embedder embedder;
        try {
            int dimensions = database.dimensions(config.model());
            if (dimensions > 0) {
                database.prepare(config.model(), dimensions);
            }
            embedder = Embedder.open(
                    config.ollama(),
                    dimensions,
                    config.requireOllama(),
                    learned -> database.prepare(config.model(), learned));
        } catch (InterruptedException e) {
            database.close();
            Thread.currentThread().interrupt();
            throw new StorageException("Interrupted while opening the storage", e);
        } catch (Throwable e) {
            database.close();
            throw e;
        }
        ConversationStorage storage = new ConversationStorage(config, database, embedder);
        storage.pipeline.start();
        return storage;
    }

    /**
     * Takes a conversation in and returns at once: no lock, no I/O. Queueing one whose id is stored already is no error:
     * it is stored once, as it was the first time.
     *
     * @param conversation what to store
     * @return the id, and stages that complete when it is stored and when it is embedded
     * @throws IllegalArgumentException where the conversation is null
     * @throws QueueFullException where {@code queueCapacity} conversations wait; nothing was queued
     * @throws IllegalStateException after {@link #close()}
     */
    public Receipt queue(Conversation conversation) {
        long begin = System.nanoTime();
        if (conversation == null) {
            throw new IllegalArgumentException("conversation must not be null");
        }
        UUID ownId = conversation.id();
        Ticket ticket = new Ticket(ownId == null ? TimeOrderedIds.next() : ownId, conversation);
        Receipt receipt = ticket.receipt();
        // Counted before it is taken in, so that whoever compares the counts never sees more done than accepted.
        counts.accepted.increment();
        switch (pipeline.queue.offer(ticket)) {
            case ACCEPTED -> pipeline.monitor.record(PerformanceMonitor.QUEUE, System.nanoTime() - begin);
            case FULL -> {
                counts.accepted.decrement();
                counts.rejected.increment();
                throw new QueueFullException(pipeline.queue.capacity());
            }
            case CLOSED -> {
                counts.accepted.decrement();
                throw closed();
            }
        }
        return receipt;
    }

    /**
     * The conversation of this id.
     *
     * @param id as the receipt has it
     * @return empty where no such conversation is stored (yet)
     * @throws IllegalArgumentException where the id is null
     * @throws StorageException where Postgres does not answer
     * @throws IllegalStateException after {@link #close()}
     */
    public Optional<StoredConversation> find(UUID id) {
        if (id == null) {
            throw new IllegalArgumentException("id must not be null");
        }
        checkOpen();
        return table.find(id);
    }

    /**
     * A page of a user's conversations, newest first.
     *
     * @param userId 1 to 256 characters, not blank
     * @param page which part of them
     * @return empty where the page is behind the last one
     * @throws IllegalArgumentException where the user id breaks its rule, or the page is null
     * @throws StorageException where Postgres does not answer
     * @throws IllegalStateException after {@link #close()}
     */
    public List<StoredConversation> findByUser(String userId, Page page) {
        TextRule.USER_ID.check(userId);
        if (page == null) {
            throw new IllegalArgumentException("page must not be null");
        }
        checkOpen();
        return table.findByUser(userId, page);
    }

    /**
     * A user's conversations whose embeddings are nearest to the text's, nearest first. Only what is embedded with the
     * configured model can be found.
     *
     * @param userId 1 to 256 characters, not blank
     * @param text 1 to 200,000 characters, not blank
     * @param limit 1 to 1000
     * @return at most this many
     * @throws IllegalArgumentException naming the parameter that breaks its rule
     * @throws io.stampede.storage.model.StorageUnavailableException where Ollama cannot embed the text just now, or Postgres does not answer
     * @throws IllegalStateException after {@link #close()}
     */
    public List<SimilarConversation> findSimilar(String userId, String text, int limit) {
        TextRule.USER_ID.check(userId);
        new TextRule("text", TextRule.TRANSCRIPT.maxLength()).check(text);
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit must be 1 to 1000, but was " + limit);
        }
        checkOpen();
        try {
            return table.findSimilar(userId, config.model(), embedder.embed(text), limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("Interrupted while the text was embedded", e);
        }
    }

    /**
     * What the storage is doing just now. Cheap: asks nobody, so it may be called many times a second.
     *
     * @return a snapshot
     */
    public StorageStats stats() {
        return new StorageStats(
                Instant.now(),
                counts.accepted.sum(),
                pipeline.queue.size(),
                pipeline.queue.capacity(),
                pipeline.queue.inFlight(),
                counts.stored.sum(),
                counts.backlog(),
                counts.completed.sum(),
                counts.notStored.sum(),
                counts.notEmbedded.sum(),
                counts.rejected.sum(),
                embedder.cacheHits(),
                embedder.cacheMisses(),
                embedder.breakerOpen(),
                database.poolActive(),
                database.poolSize(),
                pipeline.pace.size(),
                pipeline.pace.delay());
    }

    /**
     * Why Ollama could make no embedding when it was last asked, which delays embeddings and nothing else.
     *
     * @return empty where it could
     */
    public Optional<String> embeddingError() {
        return embedder.error();
    }

    /**
     * Histograms of how long each stage takes.
     *
     * @return the storage's own, which goes on recording
     */
    public PerformanceMonitor monitor() {
        return pipeline.monitor;
    }

    /**
     * The storage's figures for Micrometer: {@code storage.meters().bindTo(registry)}.
     *
     * @return a binder for any number of registries
     */
    public MeterBinder meters() {
        return meters;
    }

    /**
     * Prints a line of {@link #stats()} to standard output every so many seconds, with the rates since the line before,
     * until it or the storage is closed.
     *
     * @param seconds at least 1
     * @return the running stream
     * @throws IllegalArgumentException where the seconds are fewer
     * @throws IllegalStateException after {@link #close()}
     */
    public MetricsStream startMetricsStream(int seconds) {
        return startMetricsStream(Duration.ofSeconds(seconds), MetricsStream.printingTo(System.out, stats()));
    }

    /**
     * Hands {@link #stats()} to the consumer at this interval, until it or the storage is closed.
     *
     * @param interval longer than zero
     * @param consumer takes each snapshot, on the stream's thread
     * @return the running stream
     * @throws IllegalArgumentException where the interval is not longer than zero
     * @throws IllegalStateException after {@link #close()}
     */
    public MetricsStream startMetricsStream(Duration interval, Consumer<StorageStats> consumer) {
        checkOpen();
        MetricsStream stream = MetricsStream.start(this::stats, interval, consumer);
        streams.add(stream);
        return stream;
    }

    /**
     * The pool of connections, for reading what is stored.
     *
     * @return closed with the storage
     */
    public DataSource dataSource() {
        return database.dataSource();
    }

    /**
     * The configuration it was opened with.
     *
     * @return with the password
     */
    public StorageConfig config() {
        return config;
    }

    /**
     * Waits until there is nothing to do: the queue empty, nothing being stored, no embedding to be made by any process
     * (asked of Postgres), and every receipt completed. Parked jobs do not count.
     *
     * @param limit how long to wait at most
     * @return false where that did not come about in time, or the thread was interrupted (it stays so)
     */
    public boolean awaitIdle(Duration limit) {
        checkOpen();
        return Waits.until(System.nanoTime() + limit.toNanos(), pipeline::idle);
    }

    /**
     * Empties the cache of embeddings, the histograms, and every count of {@link #stats()} that does not say what is
     * there now: for a fresh measurement. What is stored stays.
     */
    public void reset() {
        counts.reset();
        pipeline.monitor.reset();
        embedder.resetCache();
        pipeline.backlog.count();
    }

    /** As {@link #close(Duration)} with the configured time; a warning tells of what was left. */
    @Override
    public void close() {
        CloseReport closed = close(config.closeTimeout());
        if (!closed.notStored().isEmpty()) {
            LOG.warn(
                    "Closed with {} conversations not stored; their receipts have failed",
                    closed.notStored().size());
        }
    }

    /**
     * Takes nothing in any more, stores what waits, lets the embeddings of what it took in be made, and ends all threads.
     * An Ollama that is failing is not waited for. Where the time is over first, what is not stored completes its receipts
     * exceptionally and is handed back. Takes up to a few seconds more than the limit where Postgres hangs. May be called
     * again: the report stays the same.
     *
     * @param limit how long to drain at most
     * @return what was left
     */
    public CloseReport close(Duration limit) {
        pipeline.close();
        synchronized (closeLock) {
            CloseReport known = report;
            if (known == null) {
                known = new Shutdown(pipeline, database, embedder, streams).run(limit);
                report = known;
            }
            return known;
        }
    }

    private void checkOpen() {
        if (pipeline.isClosed()) {
            throw closed();
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("The storage is closed. Open another one.");
    }
}
