package io.stampede.internal.storage.embedding;

import java.net.URI;
import java.time.Duration;

/**
 * Where Ollama is and how to talk to it.
 *
 * @param url base address, for instance {@code http://localhost:11434}
 * @param model the model's name
 * @param pullModel whether a model that is not there may be pulled, once
 * @param connectTimeout how long to wait for the first sign of life
 * @param embedTimeout how long one request for embeddings may take, loading of the model included
 * @param pullTimeout how long pulling the model may take
 * @param retryDelay wait before the first repeat; it doubles from there
 * @param breakerFailures failures in a row that open the circuit breaker
 * @param breakerDelay how long the breaker stays open before it lets one request try
 * @param cacheBytes how much the cache may hold, approximately
 */
public record OllamaSettings(
        URI url,
        String model,
        boolean pullModel,
        Duration connectTimeout,
        Duration embedTimeout,
        Duration pullTimeout,
        Duration retryDelay,
        int breakerFailures,
        Duration breakerDelay,
        long cacheBytes) {}
