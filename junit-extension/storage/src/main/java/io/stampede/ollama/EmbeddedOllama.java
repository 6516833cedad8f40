package io.stampede.ollama;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An HTTP server in this JVM that answers as Ollama does, as far as embeddings go, with real vectors of
 * all-MiniLM-L6-v2. For tests where no Ollama can be had. Thread-safe.
 *
 * <p>It speaks {@code POST /api/embed}, {@code /api/embeddings}, {@code /api/show}, {@code /api/pull} and
 * {@code GET /}, {@code /api/tags}, {@code /api/version}. Errors are {@code {"error": ".."}} with 400 (a request that
 * makes no sense), 404 (a path or model that is not there), 405, 413 (body too long), 500 and 503 (out of time).
 *
 * <p>The model is 8 bit where Ollama's is 16, so the vectors point the same way without being equal to the last digit.
 *
 * @since 0.1
 */
public final class EmbeddedOllama implements AutoCloseable {
    private static final int HTTP_THREADS = 16;
    private static final int WAITING_REQUESTS = 1024;

    static {
        // The JDK's server reads these once. Without the first, an answer waits up to 40 ms for an acknowledgement of
        // its own headers; the second ends connections that never finish sending their headers.
        setUnlessSet("sun.net.httpserver.nodelay", "true");
        setUnlessSet("sun.net.httpserver.maxReqTime", "120");
    }

    private final OllamaOptions options;
    private final ModelWorkers workers;
    private final OllamaApi api;
    private final HttpServer server;
    private final ExecutorService handlers;
    private final ScheduledExecutorService watchdog;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedOllama(OllamaOptions options, HttpServer server, ModelWorkers workers) {
        this.options = options;
        this.server = server;
        this.workers = workers;
        this.api = new OllamaApi(workers, options.maxInputs());
        this.handlers = new ThreadPoolExecutor(
                HTTP_THREADS,
                HTTP_THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_REQUESTS),
                new NamedThreads("embedded-ollama-http"));
        this.watchdog = Executors.newSingleThreadScheduledExecutor(new NamedThreads("embedded-ollama-watchdog"));
    }

    private static void setUnlessSet(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }

    /**
     * Starts on a free port of the loopback interface.
     *
     * @return the running server
     * @throws IllegalStateException where the model cannot run on this machine
     */
    public static EmbeddedOllama start() {
        return start(OllamaOptions.builder().build());
    }

    /**
     * Loads the model, about half a second, and listens.
     *
     * @param options where to listen, and the limits
     * @return the running server
     * @throws UncheckedIOException where the address is taken or unknown
     * @throws IllegalStateException where the model cannot run on this machine
     */
    public static EmbeddedOllama start(OllamaOptions options) {
        HttpServer server = bind(options);
        try {
            EmbeddedOllama ollama =
                    new EmbeddedOllama(options, server, new ModelWorkers(MiniLm.load(), options.threads()));
            server.setExecutor(ollama.handlers);
            server.createContext("/", ollama::handle);
            server.start();
            return ollama;
        } catch (RuntimeException e) {
            server.stop(0);
            throw e;
        }
    }

    private static HttpServer bind(OllamaOptions options) {
        try {
            InetAddress address = InetAddress.getByName(options.host());
            return HttpServer.create(new InetSocketAddress(address, options.port()), WAITING_REQUESTS);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The embedded Ollama cannot listen on " + options.host() + ":" + options.port() + ": "
                            + e.getMessage() + ". Choose another host or port (0 takes a free one).",
                    e);
        }
    }

    /**
     * Where it listens; where it listens on all interfaces, the loopback address.
     *
     * @return without a slash at the end
     */
    public URI uri() {
        InetAddress address = server.getAddress().getAddress();
        String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + server.getAddress().getPort());
    }

    /** Stops listening, drops what is in progress and ends its threads. A second call does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        server.stop(0);
        watchdog.shutdownNow();
        handlers.shutdownNow();
        workers.close();
        Uninterrupted.await(handlers, Duration.ofSeconds(10));
        Uninterrupted.await(watchdog, Duration.ofSeconds(10));
    }

    private void handle(HttpExchange exchange) throws IOException {
        long deadlineNanos = System.nanoTime() + options.requestTimeout().toNanos();
        // Closes the connection under a client that never finishes sending or reading: a second later than the
        // deadline, so that one who only waits for vectors gets an answer.
        Future<?> timeout = watchdog.schedule(
                exchange::close,
                options.requestTimeout().toNanos() + TimeUnit.SECONDS.toNanos(1),
                TimeUnit.NANOSECONDS);
        try (exchange) {
            try {
                answer(exchange, deadlineNanos);
            } catch (Refusal e) {
                send(exchange, e.status(), "application/json; charset=utf-8", api.error(e.error()));
            } catch (RuntimeException e) {
                send(exchange, 500, "application/json; charset=utf-8", api.error(String.valueOf(e.getMessage())));
            }
        } finally {
            timeout.cancel(false);
        }
    }

    private void answer(HttpExchange exchange, long deadlineNanos) throws IOException, Refusal {
        String path = exchange.getRequestURI().getPath();
        switch (method(exchange, path)) {
            case "/" -> send(exchange, 200, "text/plain; charset=utf-8", bytes("Ollama is running"));
            case "/api/version" -> sendJson(exchange, api.version());
            case "/api/tags" -> sendJson(exchange, api.tags());
            case "/api/embed" -> sendJson(exchange, api.embed(body(exchange), deadlineNanos));
            case "/api/embeddings" -> sendJson(exchange, api.embeddings(body(exchange), deadlineNanos));
            case "/api/show" -> sendJson(exchange, api.show(body(exchange)));
            case "/api/pull" -> {
                OllamaApi.Pull pull = api.pull(body(exchange));
                String type = pull.lines() ? "application/x-ndjson" : "application/json; charset=utf-8";
                send(exchange, 200, type, bytes(pull.body()));
            }
            default -> throw new Refusal(404, "path " + path + " not found");
        }
    }

    private static final Map<String, String> METHODS = Map.of(
            "/", "GET",
            "/api/version", "GET",
            "/api/tags", "GET",
            "/api/embed", "POST",
            "/api/embeddings", "POST",
            "/api/show", "POST",
            "/api/pull", "POST");

    /** The path, where the request's method is one it takes. */
    private static String method(HttpExchange exchange, String path) throws Refusal {
        String expected = METHODS.get(path);
        String actual = exchange.getRequestMethod();
        boolean head = "GET".equals(expected) && "HEAD".equals(actual);
        if (expected != null && !expected.equals(actual) && !head) {
            exchange.getResponseHeaders().set("Allow", "GET".equals(expected) ? "GET, HEAD" : expected);
            throw new Refusal(405, "method " + actual + " not allowed, " + path + " takes " + expected);
        }
        return path;
    }

    private byte[] body(HttpExchange exchange) throws IOException, Refusal {
        byte[] body = exchange.getRequestBody().readNBytes(options.maxBodyBytes() + 1);
        if (body.length > options.maxBodyBytes()) {
            exchange.getResponseHeaders().set("Connection", "close");
            throw new Refusal(413, "request body too large: at most " + options.maxBodyBytes() + " bytes are taken");
        }
        return body;
    }

    private static void sendJson(HttpExchange exchange, byte[] body) throws IOException {
        send(exchange, 200, "application/json; charset=utf-8", body);
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if ("HEAD".equals(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
