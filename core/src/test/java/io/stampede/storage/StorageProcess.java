package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A {@link StorageMain} in a JVM of its own, and what it has said: the log of its client. */
final class StorageProcess implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int KILLED = 128 + 9;

    private final Process process;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Thread reader;

    private StorageProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "storage-process");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it, and returns when its storage is open. */
    static StorageProcess start(String jdbcUrl, URI ollamaUrl, int count, int run, Duration lease, Duration drain)
            throws IOException {
        StorageProcess started = new StorageProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StorageMain.class.getName(),
                        jdbcUrl,
                        ollamaUrl.toString(),
                        Integer.toString(count),
                        Integer.toString(run),
                        lease.toString(),
                        drain.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        await().atMost(LONG).until(() -> started.lines.contains("OPEN") || !started.process.isAlive());
        assertThat(started.process.isAlive()).as("opened").isTrue();
        return started;
    }

    /** Kills it as {@code kill -9} does, and returns when all that it said has been read. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly(); // Process's own method would close the log that is still to be read
        assertThat(awaitExit()).isEqualTo(KILLED);
    }

    /** Tells it to end as {@code kill} does. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Waits until it has ended and all that it said has been read. */
    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS))
                .as("ended")
                .isTrue();
        reader.join(LONG.toMillis());
        return process.exitValue();
    }

    int lineCount(String kind) {
        return (int) lines.stream().filter(line -> line.startsWith(kind)).count();
    }

    /** The ids in the lines of this kind: {@code STORED}, {@code FAILED} or {@code LEFT}. */
    Set<UUID> ids(String kind) {
        return lines.stream()
                .filter(line -> line.startsWith(kind + " "))
                .map(line -> UUID.fromString(line.split(" ", 3)[1]))
                .collect(Collectors.toSet());
    }

    /** What follows {@code CLOSED}: not stored, backlog, milliseconds. */
    List<Long> closed() {
        return lines.stream()
                .filter(line -> line.startsWith("CLOSED "))
                .findFirst()
                .map(line -> List.of(line.substring(7).split(" ")).stream()
                        .map(Long::valueOf)
                        .toList())
                .orElse(List.of());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("BROKEN " + e);
        }
    }
}
