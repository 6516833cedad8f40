package io.stampede.storage.metrics;

import java.time.Duration;
import java.time.Instant;

/**
 * What a storage was doing at one moment. Counts begin when it opened, or was last reset.
 *
 * @param at when it was taken
 * @param accepted conversations taken in
 * @param queued conversations that wait to be stored
 * @param queueCapacity how many may
 * @param storing conversations that a writer has in hand
 * @param stored conversations committed in Postgres, by this storage
 * @param embeddingBacklog stored conversations whose embedding is still to be made, by whichever process. Counted as
 *     this storage works, and set right from Postgres every second
 * @param completed embeddings committed, by this storage
 * @param failed conversations that could not be stored, and embeddings whose last attempt failed here
 * @param rejected conversations that the full queue turned away
 * @param cacheHitRate hits among the look-ups in the cache of embeddings, 0 to 1; 0 where there was none
 * @param poolUse connections in use among those the pool may have, 0 to 1
 * @param batchSize the most conversations that a writer takes at once just now; it follows the load
 * @param batchDelay how long a writer lets a batch fill just now; it follows the load
 * @since 0.1
 */
public record StorageStats(
        Instant at,
        long accepted,
        long queued,
        int queueCapacity,
        long storing,
        long stored,
        long embeddingBacklog,
        long completed,
        long failed,
        long rejected,
        double cacheHitRate,
        double poolUse,
        int batchSize,
        Duration batchDelay) {}
