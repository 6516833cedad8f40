package io.stampede.scenario;

import java.io.Serializable;

/**
 * How many operations become due per second.
 *
 * @param perSecond operations per second, more than 0 and at most 10 million
 * @since 0.1
 */
public record Rate(double perSecond) implements Serializable {

    public Rate {
        if (!(perSecond > 0 && perSecond <= 1e7)) {
            throw new IllegalArgumentException("perSecond must be > 0 and <= 10,000,000, but was " + perSecond);
        }
    }

    public static Rate perSecond(double operations) {
        return new Rate(operations);
    }

    public static Rate perMinute(double operations) {
        return new Rate(operations / 60);
    }
}
