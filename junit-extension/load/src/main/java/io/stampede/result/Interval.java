package io.stampede.result;

import java.io.Serializable;
import java.time.Duration;

/**
 * What ended within a stretch of time. Intervals do not overlap and come in order; one in which nothing ended is left
 * out. Long runs have wider intervals, so that their number stays bounded.
 *
 * @param start since the run began
 * @param width how long the interval is
 * @param responseTime end - due, of operations that succeeded
 * @param serviceTime end - start, of operations that succeeded
 * @since 0.1
 */
public record Interval(
        Duration start,
        Duration width,
        long succeeded,
        long failed,
        Distribution responseTime,
        Distribution serviceTime)
        implements Serializable {

    /** Operations that ended, per second. */
    public double throughput() {
        return (succeeded + failed) / (width.toNanos() / 1e9);
    }
}
