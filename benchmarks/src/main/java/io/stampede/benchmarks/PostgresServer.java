package io.stampede.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A Postgres to measure on, with a new database for whoever asks: started for it, or there already. */
final class PostgresServer implements Closeable {

    /** Which one. */
    private enum Kind {
        EMBEDDED,
        CONTAINER
    }

    private final String name;
    private final String user;
    private final String password;
    private final String url;
    private final Closeable server;

    private PostgresServer(String name, String url, String user, String password, Closeable server) {
        this.name = name;
        this.url = url;
        this.user = user;
        this.password = password;
        this.server = server;
    }

    /** What the options name: {@code --postgres} a kind, or {@code --jdbc-url} one that runs. */
    static Choice chosen(Arguments arguments) {
        Kind kind = arguments.choice("--postgres", Kind.EMBEDDED);
        String url = arguments.text("--jdbc-url", "");
        String user = arguments.text("--jdbc-user", "postgres");
        String password = arguments.text("--jdbc-password", "postgres");
        return () -> {
            if (!url.isEmpty()) {
                return new PostgresServer("the Postgres at --jdbc-url", url, user, password, () -> {});
            }
            return kind == Kind.EMBEDDED ? embedded() : container();
        };
    }

    private static PostgresServer embedded() throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("synchronous_commit", "on")
                .start();
        return new PostgresServer(
                "embedded Postgres, fsync off",
                postgres.getJdbcUrl("postgres", "postgres"),
                "postgres",
                "postgres",
                postgres);
    }

    private static PostgresServer container() {
        PostgreSQLContainer postgres = new PostgreSQLContainer("pgvector/pgvector:pg17");
        postgres.start();
        return new PostgresServer(
                "pgvector/pgvector:pg17 in a container, fsync off",
                postgres.getJdbcUrl(),
                postgres.getUsername(),
                postgres.getPassword(),
                postgres::close);
    }

    /** What it is, for a table's first lines. */
    String name() {
        return name;
    }

    /** The options that make another JVM use it. */
    List<String> options() {
        return List.of("--jdbc-url", url, "--jdbc-user", user, "--jdbc-password", password);
    }

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    /** The URL of a new, empty database. */
    String newDatabase() throws SQLException {
        String database = "stampede_" + UUID.randomUUID().toString().replace('-', '_');
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + database);
        }
        return url.replaceFirst("^(jdbc:postgresql://[^/]+/)[^?]*", "$1" + database);
    }

    /** Removes a database that {@link #newDatabase} made, and whoever is still connected to it. */
    void drop(String databaseUrl) throws SQLException {
        String database = databaseUrl.replaceFirst("^jdbc:postgresql://[^/]+/([^?]*).*", "$1");
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(String.format(Locale.ROOT, "drop database %s with (force)", database));
        }
    }

    Connection connect(String databaseUrl) throws SQLException {
        return DriverManager.getConnection(databaseUrl, user, password);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** A choice that was made and not yet started. */
    @FunctionalInterface
    interface Choice {
        PostgresServer start() throws IOException;
    }
}
