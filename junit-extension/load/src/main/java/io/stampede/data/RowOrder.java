package io.stampede.data;

/**
 * Which row an operation gets. All three depend on the operation's index alone, and not on the thread that runs it or on
 * what ran before.
 *
 * @since 0.1
 */
public enum RowOrder {
    /** One row after the other, and again from the first. */
    CIRCULAR,
    /** Drawn with replacement, each row with the same probability; the same seed and index give the same row. */
    RANDOM,
    /** Each row at most once: an operation beyond the last row fails. */
    ONCE
}
