package io.stampede.storage;

import io.stampede.storage.model.Channel;
import io.stampede.storage.model.CloseReport;
import io.stampede.storage.model.Conversation;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * A process that runs the optimizer, to be killed. It queues conversations of known ids and says on standard output, at
 * once, what became of each: {@code STORED id} or {@code FAILED id why}. Told to end, it drains and says
 * {@code CLOSED notStored backlog millis} and {@code LEFT id} for each that was not stored.
 *
 * <p>Arguments: the URLs of Postgres and of Ollama, the number of conversations, which run this is, and how long leases and
 * draining take ({@code PT2S}).
 */
final class StorageMain {

    // Unbuffered: what has been written when the process is killed is written.
    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private StorageMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        int count = Integer.parseInt(arguments[2]);
        int run = Integer.parseInt(arguments[3]);
        Duration lease = Duration.parse(arguments[4]);
        Duration drain = Duration.parse(arguments[5]);
        ConversationStorage storage = ConversationStorage.open(
                config(arguments[0], URI.create(arguments[1])).lease(lease).build());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(storage, drain), "drain"));
        say("OPEN");
        for (int i = 0; i < count; i++) {
            UUID id = id(run, i);
            storage.queue(conversation(run, i))
                    .stored()
                    .whenComplete(
                            (ok, failure) -> say(failure == null ? "STORED " + id : "FAILED " + id + " " + failure));
        }
        say("QUEUED");
        new CountDownLatch(1).await(); // until a signal comes
    }

    /** Small steps and short waits, so that a kill meets each stage at work and its leases end soon. */
    static StorageConfig.Builder config(String jdbcUrl, URI ollamaUrl) {
        return StorageConfig.builder()
                .jdbcUrl(jdbcUrl)
                .ollamaUrl(ollamaUrl)
                .queueCapacity(20_000)
                .batchSize(20)
                .embedTimeout(Duration.ofSeconds(2))
                .lease(Duration.ofSeconds(2))
                .connectTimeout(Duration.ofSeconds(1))
                .retryDelay(Duration.ofMillis(50))
                .breakerDelay(Duration.ofMillis(200));
    }

    static UUID id(int run, int number) {
        return new UUID(0x7000L | (long) run << 16, 0x8000000000000000L | number);
    }

    static Conversation conversation(int run, int number) {
        return Conversation.builder()
                .id(id(run, number))
                .userId("user-" + run)
                .channel(Channel.WEB)
                .transcript("Conversation " + number + " of run " + run)
                .build();
    }

    private static void drain(ConversationStorage storage, Duration limit) {
        CloseReport report = storage.close(limit);
        report.notStored().forEach(left -> say("LEFT " + left.id()));
        say("CLOSED " + report.notStored().size() + " " + report.embeddingBacklog() + " "
                + report.took().toMillis());
    }

    private static synchronized void say(String line) {
        try {
            OUT.write((line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
