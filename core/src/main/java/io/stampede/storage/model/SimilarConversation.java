package io.stampede.storage.model;

/**
 * A stored conversation and how near it is to the text that was asked for.
 *
 * @param stored the conversation
 * @param similarity cosine similarity, from -1 (opposite) to 1 (same direction)
 * @since 0.1
 */
public record SimilarConversation(StoredConversation stored, double similarity) {}
