package io.stampede.storage.http;

import io.stampede.internal.storage.DaemonThreads;
import io.stampede.storage.ConversationStorage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the process lives, and whether it is of use. Asks Postgres on a thread of its own, since the readers are what waits
 * where Postgres is away, and once for all who ask meanwhile. Thread-safe.
 */
final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);
    private static final byte[] ALIVE = "{\"status\":\"up\"}".getBytes(StandardCharsets.US_ASCII);
    private static final UUID NOBODY = new UUID(0, 0);

    private final ConversationStorage storage;
    private final PostHandler posts;
    private final Object lock = new Object();
    private final ExecutorService thread = new ThreadPoolExecutor(
            0, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DaemonThreads.named("stampede-http-health"));

    private List<Exchange> asking = new ArrayList<>();

    Health(ConversationStorage storage, PostHandler posts) {
        this.storage = storage;
        this.posts = posts;
    }

    void live(Exchange exchange) {
        exchange.answer(200, Exchange.JSON, ALIVE);
    }

    void ready(Exchange exchange) {
        if (posts.isStopping()) {
            exchange.refuse(Problem.stopping());
            return;
        }
        synchronized (lock) {
            asking.add(exchange);
            if (asking.size() == 1) {
                askPostgres();
            }
        }
    }

    void close() {
        DaemonThreads.end(thread);
    }

    private void askPostgres() {
        try {
            thread.execute(this::check);
        } catch (RuntimeException | Error e) {
            asking = new ArrayList<>(); // or everybody after this one would wait for a check that never comes
            throw e;
        }
    }

    private void check() {
        boolean postgres = postgresAnswers();
        List<Exchange> answered;
        synchronized (lock) {
            answered = asking;
            asking = new ArrayList<>();
        }
        answered.forEach(exchange -> answer(exchange, postgres));
    }

    private void answer(Exchange exchange, boolean postgres) {
        if (!postgres) {
            exchange.refuse(Problem.later(503, "The database does not answer.", 5));
            return;
        }
        exchange.answer(200, Exchange.JSON, ready(storage.stats().breakerOpen()));
    }

    private boolean postgresAnswers() {
        try {
            boolean unused = storage.find(NOBODY).isPresent();
            return true;
        } catch (RuntimeException | Error e) { // whatever it is: those who ask must hear
            LOG.debug("Not ready", e);
            return false;
        }
    }

    private static byte[] ready(boolean embeddingPaused) {
        return Json.write(out -> {
            out.writeStringProperty("status", embeddingPaused ? "degraded" : "up");
            out.writeArrayPropertyStart("degraded");
            if (embeddingPaused) {
                out.writeString("embedding");
            }
            out.writeEndArray();
        });
    }
}
