package io.stampede.storage.model;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as read back.
 *
 * @param id its id
 * @param conversation what was stored, with its id
 * @param acceptedAt when {@code queue} took it, to the microsecond
 * @param embedding how far its embedding has come
 * @param error why the last attempt at its embedding failed, or null
 * @since 0.1
 */
public record StoredConversation(
        UUID id,
        Conversation conversation,
        Instant acceptedAt,
        EmbeddingState embedding,
        @Nullable String error) {

    /**
     * Why the last attempt at its embedding failed.
     *
     * @return empty where none has
     */
    public Optional<String> embeddingError() {
        return Optional.ofNullable(error);
    }
}
