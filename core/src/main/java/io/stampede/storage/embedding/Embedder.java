package io.stampede.storage.embedding;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.stampede.storage.model.StorageException;
import io.stampede.storage.model.StorageUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts to vectors: from the cache, or from Ollama behind retries and a circuit breaker. Where a batch fails it finds out
 * which text is to blame, so that one bad text takes no other with it. Thread-safe.
 *
 * @since 0.1
 */
public final class Embedder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Embedder.class);

    // Asked when an answer fails to come, to tell a bad text from a bad Ollama.
    private static final List<String> PROBE = List.of("ping");
    private static final int REPEATS = 2;

    private final EmbeddingClient client;
    private final Runnable closing;
    private final EmbeddingCache cache;
    private final CircuitBreaker<Object> breaker;
    private final FailsafeExecutor<Object> guarded;
    private final Duration breakerDelay;

    private final int dimensions;

    Embedder(EmbeddingClient client, Runnable closing, int dimensions, OllamaSettings settings) {
        this.client = client;
        this.dimensions = dimensions;
        this.closing = closing;
        this.cache = new EmbeddingCache(settings.model(), settings.cacheBytes());
        this.breakerDelay = settings.breakerDelay();
        this.breaker = CircuitBreaker.builder()
                .handleIf((Throwable e) -> e instanceof StorageUnavailableException)
                .withFailureThreshold(settings.breakerFailures())
                .withSuccessThreshold(1)
                .withDelay(settings.breakerDelay())
                .onOpen(e -> LOG.warn("Ollama fails: no request for {} ms", breakerDelay.toMillis()))
                .onClose(e -> LOG.info("Ollama works again"))
                .build();
        // A timed-out request is not repeated at once: the time limit has been spent, and the job comes back anyway.
        RetryPolicy<Object> repeats = RetryPolicy.builder()
                .handleIf((Throwable e) ->
                        e instanceof StorageUnavailableException && !(e instanceof EmbeddingTimeoutException))
                .withMaxRetries(REPEATS)
                .withBackoff(settings.retryDelay(), settings.retryDelay().multipliedBy(8))
                .withJitter(0.2)
                .build();
        this.guarded = Failsafe.with(repeats, breaker);
    }

    /**
     * Reaches out to Ollama, checks the model (pulling it where that is allowed) and learns how long its vectors are.
     *
     * @throws StorageException where Ollama is away or has no such model; with its address
     */
    public static Embedder open(OllamaSettings settings) throws InterruptedException {
        OllamaClient client = new OllamaClient(settings);
        try {
            client.ping();
            int dimensions = client.embed(PROBE).get(0).length;
            return new Embedder(client, client::close, dimensions, settings);
        } catch (Throwable e) {
            client.close();
            throw e;
        }
    }

    /** How many numbers the model's vectors have. */
    public int dimensions() {
        return dimensions;
    }

    /** One outcome for each text, in order. The texts that the cache does not know go into one request. */
    public List<Embedding> embed(List<String> texts) throws InterruptedException {
        Map<String, Embedding> known = new HashMap<>();
        Set<String> misses = new LinkedHashSet<>();
        for (String text : texts) {
            float[] vector = cache.find(text);
            if (vector == null) {
                misses.add(text);
            } else {
                known.put(text, new Embedding.Vector(vector));
            }
        }
        if (!misses.isEmpty()) {
            resolve(List.copyOf(misses), known);
        }
        List<Embedding> outcomes = new ArrayList<>(texts.size());
        for (String text : texts) {
            outcomes.add(known.getOrDefault(text, new Embedding.Unavailable("not tried")));
        }
        return outcomes;
    }

    /**
     * The vector of one text.
     *
     * @throws StorageException where there is none
     */
    public float[] embed(String text) throws InterruptedException {
        Embedding outcome = embed(List.of(text)).get(0);
        if (outcome instanceof Embedding.Vector vector) {
            return vector.values();
        }
        if (outcome instanceof Embedding.Refused refused) {
            throw new StorageException(refused.error(), null);
        }
        throw new StorageUnavailableException(((Embedding.Unavailable) outcome).error(), null);
    }

    /** How long to wait until a request makes sense; zero where it does now. */
    public Duration pause() {
        return breaker.isOpen() ? breaker.getRemainingDelay() : Duration.ZERO;
    }

    /** Whether the circuit breaker keeps Ollama from being asked: it is open, or lets a first request try. */
    public boolean breakerOpen() {
        return !breaker.isClosed();
    }

    /** Texts that the cache knew. */
    public long cacheHits() {
        return cache.hits();
    }

    /** Texts that the cache did not know. */
    public long cacheMisses() {
        return cache.misses();
    }

    /** Empties the cache and counts its hits from zero. */
    public void resetCache() {
        cache.reset();
    }

    @Override
    public void close() {
        closing.run();
    }

    /** Enters an outcome for each text, halving the batch until the text to blame stands alone. */
    private void resolve(List<String> texts, Map<String, Embedding> outcomes) throws InterruptedException {
        try {
            List<float[]> vectors = ask(texts);
            for (int i = 0; i < texts.size(); i++) {
                cache.put(texts.get(i), vectors.get(i));
                outcomes.put(texts.get(i), new Embedding.Vector(vectors.get(i)));
            }
        } catch (EmbeddingTimeoutException | EmbeddingRefusedException e) {
            boolean textAtFault = e instanceof EmbeddingRefusedException refused && refused.inputAtFault();
            if (!textAtFault && !works()) {
                putAll(outcomes, texts, new Embedding.Unavailable(message(e)));
            } else if (texts.size() == 1) {
                outcomes.put(texts.get(0), new Embedding.Refused(message(e)));
            } else {
                resolve(texts.subList(0, texts.size() / 2), outcomes);
                resolve(texts.subList(texts.size() / 2, texts.size()), outcomes);
            }
        } catch (StorageUnavailableException e) {
            putAll(outcomes, texts, new Embedding.Unavailable(message(e)));
        }
    }

    private boolean works() throws InterruptedException {
        try {
            ask(PROBE);
            return true;
        } catch (StorageException e) {
            LOG.debug("Ollama fails for the probe too", e);
            return false;
        }
    }

    private List<float[]> ask(List<String> texts) throws InterruptedException {
        try {
            return guarded.get(() -> client.embed(texts));
        } catch (CircuitBreakerOpenException e) {
            throw new StorageUnavailableException(
                    "Ollama failed repeatedly and is left alone for up to " + breakerDelay.toMillis() + " ms", e);
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.interrupted(); // the exception says it from here on
                throw (InterruptedException) e.getCause();
            }
            throw e;
        }
    }

    private static void putAll(Map<String, Embedding> outcomes, List<String> texts, Embedding outcome) {
        for (String text : texts) {
            outcomes.put(text, outcome);
        }
    }

    private static String message(Throwable e) {
        return String.valueOf(e.getMessage());
    }
}
