package io.stampede.metric;

/**
 * How good a measured value is, best first.
 *
 * @since 0.1
 */
public enum Band {
    /** Meets the target. */
    TARGET,
    /** Misses the target, but is good enough. */
    ACCEPTABLE,
    /** Not good enough. */
    CRITICAL,
    /** Nothing was measured, which is never a pass. */
    NO_DATA;

    /** {@return the band as tables print it} */
    public String label() {
        return name().replace('_', ' ');
    }
}
