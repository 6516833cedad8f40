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
 * @param storing conversations that are being stored: taken by a writer, not committed yet
 * @param stored conversations committed in Postgres, by this storage
 * @param embeddingBacklog stored conversations whose embedding is still to be made, by whichever process. Counted as
 *     this storage works, and set right from Postgres every second
 * @param completed embeddings committed, by this storage
 * @param notStored conversations that could not be stored
 * @param notEmbedded embeddings whose last attempt failed here
 * @param rejected conversations that the full queue turned away
 * @param cacheHits texts whose embedding the cache had
 * @param cacheMisses texts whose embedding it had not
 * @param breakerOpen whether Ollama failed so often that it is not asked for a while, or that a first request tries it
 * @param poolActive database connections in use
 * @param poolSize how many the pool may have
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
        long notStored,
        long notEmbedded,
        long rejected,
        long cacheHits,
        long cacheMisses,
        boolean breakerOpen,
        int poolActive,
        int poolSize,
        int batchSize,
        Duration batchDelay) {

    /**
     * Conversations that could not be stored, and embeddings whose last attempt failed here.
     *
     * @return how many, together
     */
    public long failed() {
        return notStored + notEmbedded;
    }

    /**
     * Hits among the look-ups in the cache of embeddings.
     *
     * @return 0 to 1; 0 where there was no look-up
     */
    public double cacheHitRate() {
        return share(cacheHits, cacheHits + cacheMisses);
    }

    /**
     * Connections in use among those that the pool may have.
     *
     * @return 0 to 1
     */
    public double poolUse() {
        return share(poolActive, poolSize);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
