package io.stampede.ollama;

import io.stampede.ollama.MiniLm.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Computes the texts of a request on a fixed number of threads, first come, first served. Thread-safe. */
final class ModelWorkers implements AutoCloseable {
    private final MiniLm model;
    private final ExecutorService workers;

    ModelWorkers(MiniLm model, int threads) {
        this.model = model;
        this.workers = Executors.newFixedThreadPool(threads, new NamedThreads("embedded-ollama-model"));
    }

    /** One text's vector, not normalised, and how many tokens it was computed from. */
    static final class RawVector {
        private final float[] vector;
        private final int tokens;

        private RawVector(float[] vector, int tokens) {
            this.vector = vector;
            this.tokens = tokens;
        }

        /** Its first {@code dimensions} numbers, the vector's own copy. */
        float[] vector(int dimensions) {
            return Arrays.copyOf(vector, dimensions);
        }

        int tokens() {
            return tokens;
        }
    }

    /** @throws Refusal with 400 where a text is too long and may not be cut, 503 where the deadline passed */
    List<RawVector> embed(List<String> texts, boolean truncate, long deadlineNanos) throws Refusal {
        List<Future<RawVector>> futures = new ArrayList<>(texts.size());
        try {
            for (String text : texts) {
                futures.add(workers.submit(() -> embed(text, truncate)));
            }
            List<RawVector> embeddings = new ArrayList<>(texts.size());
            for (Future<RawVector> future : futures) {
                embeddings.add(future.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS));
            }
            return embeddings;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new Refusal(
                    503,
                    "server busy, please try again: the request's time was up before its " + texts.size()
                            + " texts were embedded");
        } catch (RejectedExecutionException | CancellationException e) {
            throw new Refusal(503, "server is shutting down");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "server is shutting down");
        } finally {
            // Where all went well this does nothing; else nobody waits for the rest.
            futures.forEach(future -> future.cancel(false));
        }
    }

    private RawVector embed(String text, boolean truncate) throws Refusal {
        Tokens tokens = model.tokenize(text);
        if (!truncate && tokens.count() > MiniLm.MAX_TOKENS) {
            throw new Refusal(400, "the input length exceeds the context length");
        }
        Tokens kept = tokens.truncated(MiniLm.MAX_TOKENS);
        return new RawVector(model.embed(kept), kept.count());
    }

    /** Waits for the texts being computed, drops the others, frees the model. */
    @Override
    public void close() {
        workers.shutdownNow();
        // Freeing the model below a running computation would take the JVM down with it.
        if (Uninterrupted.await(workers, Duration.ofSeconds(30))) {
            model.close();
        } else {
            throw new IllegalStateException("The embedded model was still computing 30 s after the server stopped");
        }
    }
}
