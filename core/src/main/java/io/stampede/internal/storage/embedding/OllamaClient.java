package io.stampede.internal.storage.embedding;

import io.stampede.internal.storage.DaemonThreads;
import io.stampede.internal.storage.text.ShownText;
import io.stampede.storage.model.StorageUnavailableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks Ollama's HTTP API. Each call has a time limit. Thread-safe. */
final class OllamaClient implements EmbeddingClient, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OllamaClient.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SHOWN = 300;

    // The largest batch of 1000 texts with 4096 numbers each has about 50 MB.
    private static final long MAX_ANSWER_BYTES = 128L << 20;

    private final OllamaSettings settings;
    private final String address;
    private final ExecutorService threads;
    private final HttpClient http;
    private final AtomicBoolean pullSpent = new AtomicBoolean();
    // 0 until the first vector has been seen; from then on every vector must be as long.
    private final AtomicInteger dimensions;

    /** @param dimensions numbers in a vector; 0 where that is still to be learned */
    OllamaClient(OllamaSettings settings, int dimensions) {
        this.settings = settings;
        this.dimensions = new AtomicInteger(dimensions);
        this.address = addressOf(settings.url());
        // Daemons: an application that ends without closing its storage must not hang on a pending answer.
        this.threads = Executors.newCachedThreadPool(DaemonThreads.numbered("stampede-ollama"));
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .executor(threads)
                .build();
    }

    /**
     * Asks whether anything is there, within the connect timeout.
     *
     * @throws StorageUnavailableException where it is not
     */
    void ping() throws InterruptedException {
        HttpResponse<String> response = send(get("/api/version"), settings.connectTimeout());
        if (response.statusCode() != 200) {
            throw new StorageUnavailableException(
                    "Ollama at " + address + " answered /api/version with status " + response.statusCode() + ": "
                            + ShownText.cut(response.body(), SHOWN) + ". Check that ollamaUrl is Ollama's address.",
                    null);
        }
    }

    @Override
    public List<float[]> embed(List<String> texts) throws InterruptedException {
        HttpResponse<String> response = askForEmbeddings(texts);
        if (response.statusCode() == 404) {
            pull();
            response = askForEmbeddings(texts);
        }
        int status = response.statusCode();
        if (status == 200) {
            List<float[]> vectors = vectors(response.body(), texts.size());
            pullSpent.set(false); // should the model be lost again, it may be pulled again
            return vectors;
        }
        String answer = "Ollama at " + address + " answered /api/embed for model " + settings.model() + " with status "
                + status + ": " + error(response.body());
        if (status == 404 || status == 408 || status == 429 || status == 502 || status == 503 || status == 504) {
            throw new StorageUnavailableException(answer, null);
        }
        throw new EmbeddingRefusedException(answer, status == 400 || status == 413);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        // From JDK 21 on the client can be closed; before, its selector thread (a daemon) ends when it is collected.
        if ((Object) http instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.debug("Closing the HTTP client failed", e);
            }
        }
    }

    private HttpResponse<String> askForEmbeddings(List<String> texts) throws InterruptedException {
        Map<String, ?> body = Map.of("model", settings.model(), "input", texts, "truncate", true);
        return send(post("/api/embed", body), settings.embedTimeout());
    }

    private void pull() throws InterruptedException {
        if (!settings.pullModel() || !pullSpent.compareAndSet(false, true)) {
            String advice = settings.pullModel() ? "Pulling it was tried once" : "Pull it, or allow pullModel";
            throw new StorageUnavailableException(
                    "Ollama at " + address + " does not have the model " + settings.model() + ". " + advice + ".",
                    null);
        }
        LOG.info("Ollama at {} does not have the model {}: pulling it", address, settings.model());
        HttpResponse<String> response =
                send(post("/api/pull", Map.of("model", settings.model(), "stream", false)), settings.pullTimeout());
        if (response.statusCode() != 200) {
            throw new StorageUnavailableException(
                    "Ollama at " + address + " does not have the model " + settings.model()
                            + " and could not pull it: status " + response.statusCode() + ": "
                            + error(response.body()),
                    null);
        }
    }

    private List<float[]> vectors(String body, int expected) {
        JsonNode embeddings;
        try {
            embeddings = JSON.readTree(body).path("embeddings");
        } catch (JacksonException e) {
            throw unusable("it is no JSON: " + e.getOriginalMessage());
        }
        if (embeddings.size() != expected) {
            throw unusable("it has " + embeddings.size() + " embeddings for " + expected + " texts");
        }
        List<float[]> vectors = new ArrayList<>(expected);
        for (JsonNode row : embeddings) {
            vectors.add(unit(row));
        }
        return vectors;
    }

    /** The vector scaled to length 1, so that the product of two is their cosine similarity. */
    private float[] unit(JsonNode row) {
        int size = row.size();
        if (size == 0) {
            throw unusable("an embedding is empty");
        }
        dimensions.compareAndSet(0, size);
        if (size != dimensions.get()) {
            throw unusable(
                    "an embedding has " + size + " dimensions, earlier ones " + dimensions.get()
                            + ". It is another model under the same name: bring the earlier one back, or configure another name");
        }
        double[] values = new double[size];
        double squares = 0;
        for (int i = 0; i < size; i++) {
            JsonNode value = row.get(i);
            if (value == null || !value.isNumber()) {
                throw unusable("an embedding holds something that is no number: " + value);
            }
            values[i] = value.asDouble();
            squares += values[i] * values[i];
        }
        double length = Math.sqrt(squares);
        if (!(length > 0) || Double.isInfinite(length)) {
            throw unusable("an embedding has the length " + length);
        }
        float[] vector = new float[size];
        for (int i = 0; i < size; i++) {
            vector[i] = (float) (values[i] / length);
        }
        return vector;
    }

    private EmbeddingRefusedException unusable(String why) {
        return new EmbeddingRefusedException(
                "Ollama at " + address + " gave no usable answer for model " + settings.model() + ": " + why, false);
    }

    private HttpResponse<String> send(HttpRequest request, Duration limit) throws InterruptedException {
        // Not the request's own timeout: that one ends with the headers, and a body may hang as well.
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request, headers -> new LimitedBody(MAX_ANSWER_BYTES));
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new EmbeddingTimeoutException(
                    "Ollama at " + address + " did not answer " + request.uri().getPath() + " within "
                            + limit.toMillis() + " ms",
                    e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw away(e.getCause());
        }
    }

    private StorageUnavailableException away(@Nullable Throwable cause) {
        String why;
        if (cause instanceof HttpTimeoutException) {
            why = "no connection within " + settings.connectTimeout().toMillis() + " ms";
        } else if (cause instanceof ConnectException) {
            why = "the connection was refused";
        } else if (cause instanceof IOException) {
            why = "the connection broke (" + cause.getMessage() + ")";
        } else {
            why = String.valueOf(cause);
        }
        return new StorageUnavailableException(
                "Ollama at " + address + " cannot be reached: " + why + ". Start it, or correct ollamaUrl.", cause);
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(resolve(path)).GET().build();
    }

    private HttpRequest post(String path, Map<String, ?> body) {
        return HttpRequest.newBuilder(resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
    }

    private URI resolve(String path) {
        String base = settings.url().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private static String addressOf(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    private static String error(String body) {
        try {
            JsonNode error = JSON.readTree(body).path("error");
            return error.isString() ? ShownText.cut(error.asString(), SHOWN) : ShownText.cut(body, SHOWN);
        } catch (JacksonException e) {
            return ShownText.cut(body, SHOWN); // not JSON, so it is shown as it came
        }
    }
}
