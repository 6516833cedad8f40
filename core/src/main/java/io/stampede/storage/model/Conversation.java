package io.stampede.storage.model;

import io.stampede.internal.storage.text.TextRule;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation to be stored. Immutable, and checked when it is made: whatever exists can be stored.
 *
 * @param id the caller's own id, or null where the storage shall choose one for each call of {@code queue}
 * @param userId whose conversation it is, at most 256 characters
 * @param channel where it took place
 * @param transcript what was said, at most 200,000 characters, not blank
 * @param summary what it was about, at most 20,000 characters, or empty; where it is there, it is what gets embedded
 * @param metadata one JSON object, at most 65,536 characters; {@code "{}"} where there is nothing to say
 * @since 0.1
 */
public record Conversation(
        @Nullable UUID id, String userId, Channel channel, String transcript, String summary, String metadata) {

    /**
     * Checks every part.
     *
     * @param id any, or null
     * @param userId 1 to 256 characters, not blank
     * @param channel not null
     * @param transcript 1 to 200,000 characters, not blank
     * @param summary 0 to 20,000 characters
     * @param metadata one JSON object of at most 65,536 characters
     * @throws IllegalArgumentException naming the field, the rule and the value (abbreviated)
     */
    public Conversation {
        TextRule.USER_ID.check(userId);
        if (channel == null) {
            throw new IllegalArgumentException("channel must not be null");
        }
        TextRule.TRANSCRIPT.check(transcript);
        TextRule.SUMMARY.checkBlankAllowed(summary);
        JsonObjectText.check(metadata);
    }

    /**
     * A conversation with no summary and no metadata, whose id the storage chooses.
     *
     * @param userId whose conversation it is
     * @param channel where it took place
     * @param transcript what was said
     * @return a new conversation
     * @throws IllegalArgumentException naming the field, the rule and the value (abbreviated)
     */
    public static Conversation of(String userId, Channel channel, String transcript) {
        return builder().userId(userId).channel(channel).transcript(transcript).build();
    }

    /**
     * A builder with no part set.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The text whose vector stands for this conversation: the summary where there is one, else the transcript.
     *
     * @return never blank
     */
    public String textToEmbed() {
        return textToEmbed(transcript, summary);
    }

    /**
     * As {@link #textToEmbed()}, of a conversation with these texts.
     *
     * @param transcript what was said
     * @param summary what it was about, or empty
     * @return one of the two
     */
    public static String textToEmbed(String transcript, String summary) {
        return summary.isBlank() ? transcript : summary;
    }

    /**
     * The caller's own id.
     *
     * @return empty where the storage is to choose one
     */
    public Optional<UUID> ownId() {
        return Optional.ofNullable(id);
    }

    /**
     * The same conversation under this id, so that queueing it again stores it once.
     *
     * @param newId takes the place of its id
     * @return a new conversation
     */
    public Conversation withId(UUID newId) {
        return new Conversation(newId, userId, channel, transcript, summary, metadata);
    }

    /**
     * Collects the parts of a conversation. For one thread at a time.
     *
     * @since 0.1
     */
    public static final class Builder {

        private @Nullable UUID id;
        private @Nullable String userId;
        private @Nullable Channel channel;
        private @Nullable String transcript;
        private String summary = "";
        private String metadata = "{}";

        private Builder() {}

        /**
         * An id of the caller's own: however often a conversation of this id is queued, it is stored once.
         *
         * @param ownId the id
         * @return this builder
         */
        public Builder id(UUID ownId) {
            this.id = ownId;
            return this;
        }

        /**
         * Whose conversation it is, at most 256 characters. Required.
         *
         * @param user the user's id
         * @return this builder
         */
        public Builder userId(String user) {
            this.userId = user;
            return this;
        }

        /**
         * Where it took place. Required.
         *
         * @param where the channel
         * @return this builder
         */
        public Builder channel(Channel where) {
            this.channel = where;
            return this;
        }

        /**
         * A channel of any name, for instance {@code "matrix"}.
         *
         * @param name its name
         * @return this builder
         */
        public Builder channel(String name) {
            return channel(new Channel(name));
        }

        /**
         * What was said, at most 200,000 characters, not blank. Required.
         *
         * @param text the text
         * @return this builder
         */
        public Builder transcript(String text) {
            this.transcript = text;
            return this;
        }

        /**
         * What it was about, at most 20,000 characters; it is what gets embedded. Default: none.
         *
         * @param text the text
         * @return this builder
         */
        public Builder summary(String text) {
            this.summary = text;
            return this;
        }

        /**
         * Metadata as one JSON object, at most 65,536 characters. Default: none.
         *
         * @param json a JSON object
         * @return this builder
         */
        public Builder metadata(String json) {
            this.metadata = json;
            return this;
        }

        /**
         * Metadata that is to be written as a JSON object.
         *
         * @param values its properties
         * @return this builder
         */
        public Builder metadata(Map<String, ?> values) {
            return metadata(JsonObjectText.of(values));
        }

        /**
         * Puts the parts together.
         *
         * @return a new conversation
         * @throws IllegalArgumentException naming the field, the rule and the value (abbreviated)
         */
        // The record's constructor refuses what is missing; that is the one place where the rules stand.
        @SuppressWarnings("NullAway")
        public Conversation build() {
            return new Conversation(id, userId, channel, transcript, summary, metadata);
        }
    }
}
