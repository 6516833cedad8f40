package io.stampede.internal.junit.storage;

import io.stampede.ollama.EmbeddedOllama;
import io.stampede.ollama.OllamaOptions;
import io.stampede.storage.server.LocalService;
import io.stampede.storage.server.LocalServices;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The services of the embedded environment for the HTTP service, which finds this class by
 * {@link java.util.ServiceLoader}.
 */
public final class EmbeddedLocalServices implements LocalServices {

    @Override
    public LocalService startPostgres(@Nullable Path dataDir) {
        // Ended by the service, when it has drained, and not by a shutdown hook beside it.
        EmbeddedPostgres.Builder builder = EmbeddedServices.postgres().setRegisterShutdownHook(false);
        if (dataDir != null) {
            builder.setDataDirectory(dataDir.toAbsolutePath())
                    .setCleanDataDirectory(false)
                    // Data that is to be kept must outlast the machine's crash too: the library's default is -F.
                    .setServerConfig("fsync", "on");
        }
        EmbeddedPostgres postgres = PostgresDirectory.ofThisMachine()
                .start(builder, "The embedded Postgres" + (dataDir == null ? "" : " with data in " + dataDir));
        String kept = dataDir == null ? "its data is deleted at the end" : "its data stays in " + dataDir;
        return new LocalService(
                postgres.getJdbcUrl("postgres", "postgres"),
                "postgres",
                "postgres",
                "embedded, port " + postgres.getPort() + "; " + kept,
                () -> stop(postgres));
    }

    @Override
    public LocalService startOllama() {
        EmbeddedOllama ollama = EmbeddedOllama.start(OllamaOptions.builder().build());
        return new LocalService(
                ollama.uri().toString(), "", "", "embedded, all-minilm at " + ollama.uri(), ollama::close);
    }

    private static void stop(EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded Postgres did not stop: " + e.getMessage(), e);
        }
    }
}
