package io.stampede.internal.storage.postgres;

import io.stampede.storage.model.Conversation;
import java.time.Instant;
import java.util.UUID;

/**
 * A conversation on its way into the table.
 *
 * @param id its id from now on
 * @param conversation what to store
 * @param acceptedAt when it was queued
 */
public record AcceptedConversation(UUID id, Conversation conversation, Instant acceptedAt) {}
