package io.stampede.storage.model;

/**
 * How far the embedding of a stored conversation has come.
 *
 * @since 0.1
 */
public enum EmbeddingState {
    /** A job for it waits in Postgres. */
    PENDING,
    /** It is stored. */
    DONE,
    /** Every attempt failed; the job is kept with its error and is not tried again. */
    PARKED
}
