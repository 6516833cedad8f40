package io.stampede.storage.server;

import java.util.Objects;

/**
 * Something that was started for the service and ends with it.
 *
 * @param url where it answers: a JDBC URL, or that of Ollama
 * @param username the database user; empty for Ollama
 * @param password the database user's password; empty where none is asked for
 * @param description what it is, for the console: one line without a password
 * @param stop ends it; called once, from the thread that ends the service
 * @since 0.1
 */
public record LocalService(String url, String username, String password, String description, Runnable stop)
        implements AutoCloseable {

    /**
     * Refuses null.
     *
     * @param url not null
     * @param username not null
     * @param password not null
     * @param description not null
     * @param stop not null
     */
    public LocalService {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(stop, "stop");
    }

    /** Ends it. */
    @Override
    public void close() {
        stop.run();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return description;
    }
}
