package io.stampede.storage;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Postgres of one's own that can be stopped, crashed, frozen and started again, with the same data at the same port. For
 * one thread at a time.
 */
final class RestartablePostgres implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Path directory = Files.createTempDirectory("stampede-postgres");
    private final int port = FreePort.find();
    private EmbeddedPostgres server;

    RestartablePostgres() throws IOException {
        this.server = launch();
    }

    /** The URL of its database; the user is postgres, without a password. */
    String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    /** What a message calls it. */
    String address() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    /** Rolls running transactions back and stops in good order (fast shutdown). */
    void stop() throws IOException {
        server.close();
    }

    /** Ends at once, as a crash does (immediate shutdown): the next start recovers from the log. */
    void crash() throws IOException {
        ProcessHandle postmaster = postmaster();
        signal("QUIT", List.of(postmaster));
        await().atMost(LONG).until(() -> !postmaster.isAlive());
        server.close();
    }

    void start() throws IOException {
        server = launch();
    }

    /** Stops every one of its processes where it stands: connections stay and answer nothing. */
    void freeze() throws IOException {
        ProcessHandle postmaster = postmaster();
        signal("STOP", List.of(postmaster)); // first, so that it starts no more of them
        signal("STOP", postmaster.descendants().toList());
    }

    void thaw() throws IOException {
        ProcessHandle postmaster = postmaster();
        signal("CONT", postmaster.descendants().toList());
        signal("CONT", List.of(postmaster));
    }

    /** Runs the statements in a session of their own. */
    void execute(String sql) throws IOException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** The number that the query gives. */
    long number(String sql) throws IOException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(directory.resolve("postmaster.pid"))) {
            thaw();
            server.close();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private EmbeddedPostgres launch() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setPort(port)
                // Tests run without it for speed; here a crash must not take what was committed.
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    private ProcessHandle postmaster() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(directory.resolve("postmaster.pid")).get(0).trim());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static void signal(String name, List<ProcessHandle> processes) throws IOException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        Process kill = new ProcessBuilder(command).inheritIO().start();
        kill.onExit().orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
    }
}
