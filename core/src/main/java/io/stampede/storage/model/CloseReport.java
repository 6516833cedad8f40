package io.stampede.storage.model;

import java.time.Duration;
import java.util.List;

/**
 * What was left when a storage closed. Nothing is lost: a conversation is in Postgres, or it is in {@link #notStored()}.
 *
 * @param notStored conversations that are not known to be in Postgres, each with its id, so queueing one again stores it
 *     once
 * @param embeddingBacklog stored conversations whose embedding is still to be made, by the next process; -1 where
 *     Postgres could not be asked
 * @param took how long closing took
 * @since 0.1
 */
public record CloseReport(List<Conversation> notStored, long embeddingBacklog, Duration took) {

    /**
     * Copies the list.
     *
     * @param notStored copied
     * @param embeddingBacklog at least 0, or -1
     * @param took not negative
     */
    public CloseReport {
        notStored = List.copyOf(notStored);
    }

    /**
     * Whether everything was stored and embedded.
     *
     * @return false also where Postgres could not be asked
     */
    public boolean drained() {
        return notStored.isEmpty() && embeddingBacklog == 0;
    }
}
