package io.stampede.internal.junit.storage;

import java.net.URI;

/** A Postgres and an Ollama that answer. */
public interface Services extends AutoCloseable {
    String jdbcUrl();

    String username();

    String password();

    URI ollamaUrl();

    /** Whether the tables may be emptied. */
    boolean mayEmptyTables();

    /** Ends what was started for the tests; what was there before stays. */
    @Override
    void close();
}
