package io.stampede.storage.server;

import io.stampede.storage.ConversationStorage;
import io.stampede.storage.StorageConfig;
import io.stampede.storage.http.ServerConfig;
import io.stampede.storage.http.StorageServer;
import io.stampede.storage.model.CloseReport;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.StorageException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one command has started, and its end: by the command itself where starting fails, else by the JVM being told to
 * end. Then it takes nothing in any more, drains, tells what was left, and stops what it started, last first.
 */
final class RunningService implements AutoCloseable {

    private static final int IDS_TOLD = 20;

    private final PrintWriter out;
    private final Duration closeTimeout;
    private final Thread starter = Thread.currentThread();
    private final Thread hook = new Thread(this::endedByJvm, "stampede-stop");
    private final CountDownLatch end = new CountDownLatch(1);
    private final Deque<LocalService> started = new ArrayDeque<>();
    private @Nullable ConversationStorage storage;
    private @Nullable StorageServer server;
    private boolean kept = true;
    private volatile boolean serving;
    private boolean closed;

    RunningService(PrintWriter out, Duration closeTimeout) {
        this.out = out;
        this.closeTimeout = closeTimeout;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts a service, which ends with this one, and says so. */
    // Each step of starting holds the lock, so that the end waits for it and finds what it started.
    synchronized LocalService start(String name, Supplier<LocalService> service) {
        checkOpen();
        LocalService local = service.get();
        started.push(local);
        out.println(name + ": " + local.description());
        return local;
    }

    /** Says that the data ends with the service. */
    synchronized void keepsNothing() {
        kept = false;
    }

    /** Opens the storage and listens. */
    synchronized void serve(StorageConfig config, ServerConfig address, int metricsStream) {
        checkOpen();
        ConversationStorage open = ConversationStorage.open(config);
        storage = open;
        server = StorageServer.start(address, open);
        if (metricsStream > 0) {
            open.startMetricsStream(metricsStream);
        }
        serving = true;
        out.println("Listening on " + server.uri());
        out.flush();
    }

    /** Returns when the service has ended. */
    void awaitEnd() throws InterruptedException {
        end.await();
    }

    @Override
    public void close() {
        shutDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook runs, and closing twice does nothing.
        }
    }

    private void endedByJvm() {
        if (!serving) {
            starter.interrupt(); // no use in waiting for a model that is being fetched
        }
        CloseReport report = shutDown();
        if (report != null && !report.notStored().isEmpty()) {
            out.flush();
            // A hook has no other way to say that the end was a bad one.
            Runtime.getRuntime().halt(1);
        }
    }

    private synchronized @Nullable CloseReport shutDown() {
        if (closed) {
            return null;
        }
        closed = true;
        try {
            return drain();
        } finally {
            started.forEach(this::stop);
            end.countDown();
        }
    }

    private @Nullable CloseReport drain() {
        if (server != null) {
            server.stopTaking();
            out.println("Stopping: nothing is taken in any more, up to " + closeTimeout.toSeconds() + " s to drain.");
        }
        CloseReport report = storage == null ? null : storage.close(closeTimeout);
        if (server != null) {
            server.close();
        }
        if (report != null) {
            out.println(told(report, kept));
            out.flush();
        }
        return report;
    }

    /** What is said of the end. */
    static String told(CloseReport report, boolean kept) {
        String embeddings = report.embeddingBacklog() < 0
                ? "how many embeddings wait in Postgres could not be asked."
                : report.embeddingBacklog()
                        + (kept
                                ? " embeddings wait in Postgres for the next start."
                                : " embeddings were not made; all data is deleted now.");
        String took =
                String.format(Locale.ROOT, "Stopped in %.1f s: ", report.took().toMillis() / 1000.0);
        List<Conversation> lost = report.notStored();
        if (lost.isEmpty()) {
            return took + "everything that was accepted is stored; " + embeddings;
        }
        String ids = lost.stream()
                .limit(IDS_TOLD)
                .map(conversation -> String.valueOf(conversation.id()))
                .collect(Collectors.joining(", "));
        return took + lost.size() + " conversations were accepted and are NOT STORED (" + ids
                + (lost.size() > IDS_TOLD ? ", ..." : "") + "); " + embeddings;
    }

    private void stop(LocalService service) {
        try {
            service.close();
        } catch (RuntimeException e) {
            out.println("Could not be stopped: " + service + ": " + e.getMessage());
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new StorageException("Told to end while starting", null);
        }
    }
}
