package io.stampede.internal.storage.embedding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import org.jspecify.annotations.Nullable;

/** Vectors by model and text, bounded by the memory they take. Thread-safe. */
final class EmbeddingCache {

    private record Key(String model, String text) {}

    // Headers, the key and the cache's own node, roughly.
    private static final int ENTRY_BYTES = 150;

    private final String model;
    private final Cache<Key, float[]> vectors;
    private volatile CacheStats before = CacheStats.empty();

    EmbeddingCache(String model, long maxBytes) {
        this.model = model;
        this.vectors = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Key key, float[] vector) ->
                        ENTRY_BYTES + 2 * key.text().length() + Float.BYTES * vector.length)
                // On the calling thread: the common pool is the application's.
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    float @Nullable [] find(String text) {
        return vectors.getIfPresent(new Key(model, text));
    }

    void put(String text, float[] vector) {
        vectors.put(new Key(model, text), vector);
    }

    /** Look-ups since the last reset that found a vector. */
    long hits() {
        return vectors.stats().minus(before).hitCount();
    }

    /** Look-ups since the last reset that found none. */
    long misses() {
        return vectors.stats().minus(before).missCount();
    }

    /** Empties the cache and counts from zero. */
    void reset() {
        vectors.invalidateAll();
        before = vectors.stats();
    }
}
