package io.stampede.metric;

/**
 * How good a measured value is, best first.
 *
 * @since 0.1
 */
public enum Band {
    /** As good as wished. */
    TARGET,
    /** Worse than wished, good enough. */
    ACCEPTABLE,
    /** Not good enough. */
    CRITICAL,
    /** Nothing was measured, which is never a pass. */
    NO_DATA;

    /** As tables print it. */
    public String label() {
        return name().replace('_', ' ');
    }
}
