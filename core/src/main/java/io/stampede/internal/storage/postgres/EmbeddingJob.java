package io.stampede.internal.storage.postgres;

import java.util.UUID;

/**
 * A claimed job.
 *
 * @param conversationId whose embedding is to be made
 * @param text what to embed
 * @param attempt which attempt this is, from 1
 */
public record EmbeddingJob(UUID conversationId, String text, int attempt) {}
