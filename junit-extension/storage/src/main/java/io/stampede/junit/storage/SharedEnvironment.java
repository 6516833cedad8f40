package io.stampede.junit.storage;

import io.stampede.internal.junit.storage.EmbeddedServices;
import io.stampede.internal.junit.storage.Services;
import io.stampede.internal.junit.storage.StorageSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The services of a JUnit session: started for the first class that needs them, ended with the session or, where the
 * JVM is told to end before, by a shutdown hook. Thread-safe.
 */
// Before JUnit 5.13 a store closes only the one type, from then on the other.
@SuppressWarnings("deprecation")
final class SharedEnvironment implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    private final Services services;
    private final String postgresVersion;
    private final String ollamaVersion;
    private final Thread shutdownHook = new Thread(this::closeServices, "stampede-storage-stop");
    private final AtomicBoolean closed = new AtomicBoolean();

    private SharedEnvironment(Services services) throws SQLException {
        this.services = services;
        this.postgresVersion = readPostgresVersion();
        this.ollamaVersion = OllamaProbe.version(services.ollamaUrl()) + " with " + OllamaProbe.MODEL;
    }

    /** Starts what the configuration says, which must not be AUTO any more, and says so in one line. */
    static SharedEnvironment start(EnvironmentConfig config, DockerImages images) {
        long start = System.nanoTime();
        Services services = services(config, images);
        try {
            SharedEnvironment environment = new SharedEnvironment(services);
            Runtime.getRuntime().addShutdownHook(environment.shutdownHook);
            environment.announce(config, Duration.ofNanos(System.nanoTime() - start));
            return environment;
        } catch (SQLException e) {
            services.close();
            throw new IllegalStateException(
                    "Postgres of the environment " + config.environment() + " did not answer: " + e.getMessage()
                            + (config.environment() == Environment.EXTERNAL
                                    ? " Correct stampede.jdbc.url, .username and .password."
                                    : ""),
                    e);
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    private static Services services(EnvironmentConfig config, DockerImages images) {
        return switch (config.environment()) {
            case AUTO -> throw new IllegalArgumentException("AUTO must be resolved first");
            case EMBEDDED -> EmbeddedServices.start(config.ollamaThreads());
            case CONTAINERS -> {
                images.obstacle(config).ifPresent(obstacle -> {
                    throw new IllegalStateException("The environment CONTAINERS cannot be had: " + obstacle
                            + ". Start Docker, name other images (stampede.image.postgres, stampede.image.ollama), or"
                            + " use the environment EMBEDDED.");
                });
                yield images.start(config);
            }
            case EXTERNAL -> new ExternalServices(config.external().orElseThrow(), config.externalReset());
        };
    }

    // The one line that tells which environment it is, for whoever reads the build's output.
    @SuppressWarnings("SystemOut")
    private void announce(EnvironmentConfig config, Duration took) {
        System.out.printf(
                Locale.ROOT,
                "Stampede runs the storage on %s. %s, Ollama %s, ready in %.1f s.%s%n",
                config.description(),
                postgresVersion,
                ollamaVersion,
                took.toMillis() / 1000.0,
                services.mayEmptyTables() ? "" : " Its tables are not emptied: " + keptTables() + ".");
    }

    Services services() {
        return services;
    }

    String postgresVersion() {
        return postgresVersion;
    }

    String ollamaVersion() {
        return ollamaVersion;
    }

    static String keptTables() {
        return StorageSettings.EXTERNAL_RESET.key() + " is not true";
    }

    /** Deletes all conversations, where that is allowed. */
    void emptyTables() {
        if (!services.mayEmptyTables()) {
            return;
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet table = statement.executeQuery("select to_regclass('conversation') is not null")) {
            // Before the first storage has opened there is no table.
            if (table.next() && table.getBoolean(1)) {
                statement.execute("truncate conversation cascade");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The storage's tables could not be emptied: " + e.getMessage(), e);
        }
    }

    private String readPostgresVersion() throws SQLException {
        String sql = "select current_setting('server_version'),"
                + " (select default_version from pg_available_extensions where name = 'vector'),"
                + " current_setting('fsync')";
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            String vector = row.getString(2);
            String server = row.getString(1).replaceFirst(" .*", "");
            return "PostgreSQL " + server + (vector == null ? " without pgvector" : " with pgvector " + vector)
                    + ", fsync " + row.getString(3); // whether a commit waits for the disk: a matter of many ms
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        if (!services.username().isEmpty()) {
            properties.setProperty("user", services.username());
        }
        if (!services.password().isEmpty()) {
            properties.setProperty("password", services.password());
        }
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("socketTimeout", "60");
        return DriverManager.getConnection(services.jdbcUrl(), properties);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook runs, and closing twice does nothing.
        }
        closeServices();
    }

    private void closeServices() {
        if (closed.compareAndSet(false, true)) {
            services.close();
        }
    }
}
