package io.stampede.internal.storage.embedding;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.stampede.internal.storage.Retries;
import io.stampede.storage.model.StorageException;
import io.stampede.storage.model.StorageUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts to vectors: from the cache, or from Ollama behind retries and a circuit breaker. Where a batch fails it finds out
 * which text is to blame, so that one bad text takes no other with it. Thread-safe.
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
    private final FailsafeExecutor<Object> repeated;
    private final IntConsumer learned;

    private volatile boolean known;
    private volatile @Nullable String error;

    /**
     * @param learned told once how long the vectors are
     * @param known whether that is known already
     */
    Embedder(EmbeddingClient client, Runnable closing, OllamaSettings settings, IntConsumer learned, boolean known) {
        this.client = client;
        this.closing = closing;
        this.learned = learned;
        this.known = known;
        this.cache = new EmbeddingCache(settings.model(), settings.cacheBytes());
        this.breaker = CircuitBreaker.builder()
                .withFailureThreshold(settings.breakerFailures())
                .withSuccessThreshold(1)
                .withDelay(settings.breakerDelay())
                .build();
        // A timed-out request is not repeated at once: the time limit has been spent, and the job comes back anyway.
        RetryPolicy<Object> repeats = RetryPolicy.builder()
                .handleIf((Throwable e) ->
                        e instanceof StorageUnavailableException && !(e instanceof EmbeddingTimeoutException))
                .withMaxRetries(REPEATS)
                .withBackoff(settings.retryDelay(), settings.retryDelay().multipliedBy(8))
                .withJitter(0.2)
                .build();
        this.repeated = Failsafe.with(repeats);
    }

    /**
     * Reaches out to Ollama. Where the length of the model's vectors is not known, it checks the model (pulling it where
     * that is allowed) and learns it. Where it is known, an Ollama that is away keeps nobody from opening: it is tried
     * again and again, and {@link #error()} tells of it.
     *
     * @param dimensions how many numbers the model's vectors have; 0 where nobody knows
     * @param required whether an Ollama that is away, or has no such model, is an error where nobody knows
     * @param learned told how many numbers they have, once Ollama has said so: now or later, on some thread
     * @throws StorageException where Ollama is away or has no such model; with its address
     */
    public static Embedder open(OllamaSettings settings, int dimensions, boolean required, IntConsumer learned)
            throws InterruptedException {
        OllamaClient client = new OllamaClient(settings, dimensions);
        try {
            Embedder embedder = new Embedder(client, client::close, settings, learned, dimensions > 0);
            try {
                client.ping();
                if (dimensions == 0) {
                    embedder.probe();
                }
            } catch (StorageException e) {
                if (required && dimensions == 0) {
                    throw e;
                }
                embedder.breaker.open(); // until a trial shows that it works
                embedder.failed(e);
            }
            return embedder;
        } catch (Throwable e) {
            client.close();
            throw e;
        }
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

    /**
     * Whether Ollama is worth a request: it works as far as is known, or has just answered a trial, which one caller at a
     * time makes when an open breaker's time is over.
     */
    public boolean ready() throws InterruptedException {
        return breaker.isClosed() || works();
    }

    /** Whether the circuit breaker keeps Ollama from being asked: it is open, or lets a first request try. */
    public boolean breakerOpen() {
        return !breaker.isClosed();
    }

    /** Why Ollama made no embedding when it was last asked; empty where it did. */
    public Optional<String> error() {
        return Optional.ofNullable(error);
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

    /** Asks for the embedding of a word; not where the breaker is open, or another thread tries just now. */
    private boolean works() throws InterruptedException {
        if (!breaker.tryAcquirePermit()) {
            return false;
        }
        boolean works = false;
        try {
            probe();
            works = true;
        } catch (StorageException e) {
            failed(e);
        } finally {
            // Whatever came of it, interrupts included: a trial that is never told of would keep the breaker half-open.
            if (works) {
                succeeded();
            } else {
                breaker.recordFailure();
            }
        }
        return works;
    }

    private void probe() throws InterruptedException {
        int dimensions = client.embed(PROBE).get(0).length;
        if (!known) {
            learned.accept(dimensions);
            known = true;
        }
    }

    private List<float[]> ask(List<String> texts) throws InterruptedException {
        if (!ready()) {
            throw new StorageUnavailableException("Ollama is left alone for a while: " + error, null);
        }
        return Retries.get(repeated, () -> askOnce(texts));
    }

    /** A refused request counts neither way: the text may be to blame, and whoever asks finds out with a trial. */
    private List<float[]> askOnce(List<String> texts) throws InterruptedException {
        try {
            List<float[]> vectors = client.embed(texts);
            succeeded();
            return vectors;
        } catch (StorageUnavailableException e) {
            failed(e);
            breaker.recordFailure();
            throw e;
        }
    }

    private void succeeded() {
        breaker.recordSuccess();
        if (error != null) {
            error = null;
            LOG.info("Ollama works again");
        }
    }

    private void failed(StorageException e) {
        String before = error;
        error = message(e);
        if (!message(e).equals(before)) { // an outage may last for hours
            LOG.warn("No embedding can be made just now: {}", message(e));
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
