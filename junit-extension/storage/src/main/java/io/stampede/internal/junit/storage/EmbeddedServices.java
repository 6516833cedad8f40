package io.stampede.internal.junit.storage;

import io.stampede.ollama.EmbeddedOllama;
import io.stampede.ollama.OllamaOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;

/** Postgres as a child process, Ollama's API in this JVM, both on free ports of the loopback interface. */
public final class EmbeddedServices implements Services {
    private final EmbeddedPostgres postgres;
    private final EmbeddedOllama ollama;

    private EmbeddedServices(EmbeddedPostgres postgres, EmbeddedOllama ollama) {
        this.postgres = postgres;
        this.ollama = ollama;
    }

    /** @param ollamaThreads texts computed at once; 0 for the default */
    public static EmbeddedServices start(int ollamaThreads) {
        OllamaOptions.Builder options = OllamaOptions.builder();
        if (ollamaThreads != 0) {
            options.threads(ollamaThreads);
        }
        EmbeddedOllama ollama = EmbeddedOllama.start(options.build());
        try {
            return new EmbeddedServices(
                    PostgresDirectory.ofThisMachine().start(postgres(), "The embedded Postgres"), ollama);
        } catch (RuntimeException e) {
            ollama.close();
            throw e;
        }
    }

    /** How an embedded Postgres is started. */
    static EmbeddedPostgres.Builder postgres() {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                // A commit waits for its log to be written, as in production. The library runs Postgres with fsync off
                // (-F), so a commit does not wait for the disk itself.
                .setServerConfig("synchronous_commit", "on");
    }

    @Override
    public String jdbcUrl() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public String username() {
        return "postgres";
    }

    @Override
    public String password() {
        return "postgres";
    }

    @Override
    public URI ollamaUrl() {
        return ollama.uri();
    }

    @Override
    public boolean mayEmptyTables() {
        return true;
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded Postgres did not stop", e);
        } finally {
            ollama.close();
        }
    }
}
