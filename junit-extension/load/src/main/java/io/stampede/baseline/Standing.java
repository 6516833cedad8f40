package io.stampede.baseline;

/**
 * How a run stood to those before it.
 *
 * @since 0.1
 */
public enum Standing {
    /** There were not enough of them. */
    UNKNOWN,
    /** No change that counts. */
    SAME,
    /** Faster, significantly. */
    FASTER,
    /** Slower, significantly, and nothing failed for it. */
    SLOWER,
    /** Slower beyond what its test allows, which failed it. Such runs never become the baseline by themselves. */
    REFUSED
}
