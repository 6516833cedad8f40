package io.stampede.storage.server;

import java.nio.file.Path;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Starts Postgres and Ollama on this machine for a service that was told of none. Found by {@link ServiceLoader}.
 * Whatever it starts must not stop by itself when the JVM is told to end: the service drains into it first.
 *
 * @since 0.1
 */
public interface LocalServices {

    /**
     * Starts a Postgres on a free port of the loopback interface.
     *
     * @param dataDir where its data is kept, made where it is not there; null for data that is deleted when it ends
     * @return the running Postgres
     * @throws RuntimeException where it cannot be started; the message says why
     */
    LocalService startPostgres(@Nullable Path dataDir);

    /**
     * Starts what speaks Ollama's API on a free port of the loopback interface.
     *
     * @return the running server
     * @throws RuntimeException where it cannot be started; the message says why
     */
    LocalService startOllama();
}
