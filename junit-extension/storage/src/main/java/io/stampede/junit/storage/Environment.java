package io.stampede.junit.storage;

/**
 * What the storage optimizer runs on during load tests. Figures of different environments are never to be compared.
 *
 * @since 0.1
 */
public enum Environment {
    /** {@link #CONTAINERS} where Docker answers within seconds and the images can be had, else {@link #EMBEDDED}. */
    AUTO,
    /** Postgres with pgvector and Ollama, each in a container. */
    CONTAINERS,
    /** Postgres as a child process and Ollama's API in this JVM: needs nothing installed. */
    EMBEDDED,
    /** What {@code stampede.jdbc.url} and {@code stampede.ollama.url} say. */
    EXTERNAL
}
