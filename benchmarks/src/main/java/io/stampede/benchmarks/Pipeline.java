package io.stampede.benchmarks;

import io.stampede.storage.ConversationStorage;
import io.stampede.storage.StorageConfig;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** A storage on a database of its own. */
final class Pipeline implements Closeable {

    /** Longer than anything that is measured takes. */
    static final Duration LIMIT = Duration.ofMinutes(5);

    private static final long REST_NANOS = 200_000;

    private final PostgresServer server;
    private final String url;
    private final ConversationStorage storage;

    private Pipeline(PostgresServer server, String url, ConversationStorage storage) {
        this.server = server;
        this.url = url;
        this.storage = storage;
    }

    static Pipeline open(PostgresServer server, URI ollama, UnaryOperator<StorageConfig.Builder> settings)
            throws SQLException {
        String url = server.newDatabase();
        StorageConfig.Builder config = StorageConfig.builder()
                .jdbcUrl(url)
                .username(server.user())
                .password(server.password())
                .ollamaUrl(ollama);
        return new Pipeline(
                server, url, ConversationStorage.open(settings.apply(config).build()));
    }

    ConversationStorage storage() {
        return storage;
    }

    String url() {
        return url;
    }

    /** Waits until nothing is left to do. */
    void awaitIdle() {
        if (!storage.awaitIdle(LIMIT)) {
            throw new IllegalStateException("Not idle after " + LIMIT + ": " + storage.stats());
        }
    }

    /** A short rest for whoever looks again and again, unless it has been doing so for too long. */
    void rest(long sinceNanos) {
        if (System.nanoTime() - sinceNanos > LIMIT.toNanos()) {
            throw new IllegalStateException("Not done after " + LIMIT + ": " + storage.stats());
        }
        LockSupport.parkNanos(REST_NANOS);
    }

    /** Drops the database, so what is left to do is not waited for. */
    @Override
    public void close() throws IOException {
        storage.close(Duration.ZERO);
        try {
            server.drop(url);
        } catch (SQLException e) {
            throw new IOException("The database cannot be dropped", e);
        }
    }
}
