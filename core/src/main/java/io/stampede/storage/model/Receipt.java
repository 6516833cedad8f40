package io.stampede.storage.model;

import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * What {@code queue} hands out at once: the id, and the two moments still to come. Any thread may use it.
 *
 * <p>Both stages complete on the storage's own thread {@code stampede-receipts}, never on one that writes or embeds. What a
 * caller attaches runs there, so anything slow belongs into the {@code ...Async} methods: it delays other receipts, though
 * no conversation.
 *
 * @param id chosen when the conversation was queued
 * @param stored completes when the conversation is committed in Postgres; fails with {@link NotStoredException}
 * @param embedded completes when its embedding is committed too, by whichever process; fails with
 *     {@link NotStoredException} or {@link NotEmbeddedException}
 * @since 0.1
 */
public record Receipt(UUID id, CompletionStage<Void> stored, CompletionStage<Void> embedded) {}
