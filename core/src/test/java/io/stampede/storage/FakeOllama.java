package io.stampede.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks the part of Ollama's API that the storage uses. The same text always has the same vector. */
public final class FakeOllama implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private final CountDownLatch released = new CountDownLatch(1);

    /** How many requests for embeddings came, and texts in them. */
    public final AtomicInteger requests = new AtomicInteger();

    public final AtomicInteger texts = new AtomicInteger();
    public final AtomicInteger pulls = new AtomicInteger();

    private final ConcurrentHashMap<String, Integer> asked = new ConcurrentHashMap<>();

    /** Texts that fail with status 500, and with them the whole request. */
    public final Set<String> poison = ConcurrentHashMap.newKeySet();

    /** Where not 200, every request for embeddings is answered so. */
    public volatile int status = 200;

    /** How many numbers a vector has. */
    public volatile int dimensions;

    /** Whether an answer ends in its midst, together with its connection. */
    public volatile boolean cutOff;

    /** Whether an answer is half of the JSON that it should be. */
    public volatile boolean truncated;

    /** How long each answer takes. */
    public volatile long delayMillis;

    public volatile boolean hanging;
    public volatile boolean modelMissing;
    public volatile boolean pullWorks = true;

    public FakeOllama() throws IOException {
        this(16, 0);
    }

    public FakeOllama(int dimensions, int port) throws IOException {
        this.dimensions = dimensions;
        this.server = listen(port);
        this.port = server.getAddress().getPort();
    }

    private HttpServer listen(int at) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        server.createContext("/api/version", exchange -> answer(exchange, 200, "{\"version\":\"0.0.0\"}"));
        server.createContext("/api/embed", this::embed);
        server.createContext("/api/pull", this::pull);
        server.setExecutor(threads);
        server.start();
        return server;
    }

    /** Ends: from now on connections are refused. */
    public void stop() {
        server.stop(0);
    }

    /** Begins anew at the same port. */
    public void start() throws IOException {
        server = listen(port);
    }

    public URI url() {
        return URI.create("http://localhost:" + port);
    }

    public float[] vector(String text) {
        int dimensions = this.dimensions;
        Random random = new Random(text.hashCode());
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        vector[dimensions - 1] = 1e-33f; // real models have such values, whose product is too small for Postgres' real
        return vector;
    }

    /** How often this text came. */
    public int askedFor(String text) {
        return asked.getOrDefault(text, 0);
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void embed(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        List<String> input = new ArrayList<>();
        request.path("input").forEach(text -> input.add(text.asString()));
        requests.incrementAndGet();
        texts.addAndGet(input.size());
        input.forEach(text -> asked.merge(text, 1, Integer::sum));
        if (hanging) {
            awaitRelease(60_000);
        }
        if (delayMillis > 0) {
            awaitRelease(delayMillis);
        }
        if (modelMissing) {
            answer(exchange, 404, "{\"error\":\"model not found, try pulling it first\"}");
        } else if (status != 200) {
            answer(exchange, status, "{\"error\":\"out of order\"}");
        } else if (input.stream().anyMatch(poison::contains)) {
            answer(exchange, 500, "{\"error\":\"unsupported value: NaN\"}");
        } else {
            List<float[]> vectors = input.stream().map(this::vector).toList();
            String json = JSON.writeValueAsString(Map.of("embeddings", vectors));
            if (cutOff) {
                exchange.sendResponseHeaders(200, json.length());
                exchange.getResponseBody()
                        .write(json.substring(0, json.length() / 2).getBytes(StandardCharsets.UTF_8));
                throw new IOException("cut off"); // which closes the connection
            }
            answer(exchange, 200, truncated ? json.substring(0, json.length() / 2) : json);
        }
    }

    private void pull(HttpExchange exchange) throws IOException {
        pulls.incrementAndGet();
        if (pullWorks) {
            modelMissing = false;
            answer(exchange, 200, "{\"status\":\"success\"}");
        } else {
            answer(exchange, 500, "{\"error\":\"pull model manifest: file does not exist\"}");
        }
    }

    private void awaitRelease(long millis) {
        try {
            boolean unused = released.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int code, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
