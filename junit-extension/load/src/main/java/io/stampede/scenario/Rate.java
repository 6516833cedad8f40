package io.stampede.scenario;

/** Operations per second. */
public record Rate(double perSecond) {
    public Rate {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("perSecond must be > 0, but was " + perSecond);
        }
    }
}
