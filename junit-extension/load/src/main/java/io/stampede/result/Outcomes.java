package io.stampede.result;

import io.stampede.metric.Clock;
import io.stampede.metric.Metric;
import java.io.Serializable;
import java.time.Duration;

/**
 * What became of some operations: those of a run, a phase, an interval, or those that ended since an earlier look. Immutable;
 * added and subtracted without loss.
 *
 * @param succeeded how many ended without an exception
 * @param failed how many threw, completed exceptionally, or timed out
 * @param responseTime end - due, of those that succeeded
 * @param serviceTime end - start, of those that succeeded
 * @since 0.1
 */
public record Outcomes(long succeeded, long failed, Distribution responseTime, Distribution serviceTime)
        implements Serializable {

    /** Nothing ended. */
    public static final Outcomes NONE = new Outcomes(0, 0, Distribution.EMPTY, Distribution.EMPTY);

    /** Refuses negative counts. */
    public Outcomes {
        if (succeeded < 0 || failed < 0) {
            throw new IllegalArgumentException(
                    "succeeded and failed must be at least 0, but were " + succeeded + " and " + failed);
        }
    }

    /** {@return how many operations ended, well or not} */
    public long ended() {
        return succeeded + failed;
    }

    /** {@return whether no operation ended} */
    public boolean isEmpty() {
        return ended() == 0;
    }

    /** {@return percent of the ended operations that succeeded, 0 to 100; NaN if none ended} */
    public double successRate() {
        return isEmpty() ? Double.NaN : 100.0 * succeeded / ended();
    }

    /**
     * {@return operations that ended per second; NaN if none ended, or no time passed}
     *
     * @param time in which they ended
     */
    public double perSecond(Duration time) {
        return isEmpty() || time.isZero() ? Double.NaN : ended() / (time.toNanos() / 1e9);
    }

    /**
     * {@return both together}
     *
     * @param other of other operations
     */
    public Outcomes plus(Outcomes other) {
        if (isEmpty()) {
            return other;
        }
        return other.isEmpty()
                ? this
                : new Outcomes(
                        succeeded + other.succeeded,
                        failed + other.failed,
                        responseTime.plus(other.responseTime),
                        serviceTime.plus(other.serviceTime));
    }

    /**
     * {@return these without some of them}
     *
     * @param part of operations that are all among these
     * @throws IllegalArgumentException if one of them is not
     */
    public Outcomes minus(Outcomes part) {
        return new Outcomes(
                succeeded - part.succeeded,
                failed - part.failed,
                responseTime.minus(part.responseTime),
                serviceTime.minus(part.serviceTime));
    }

    /**
     * {@return a figure of these operations, in the metric's unit; NaN if there is none}
     *
     * @param metric of operations; its part is ignored, as these are the operations of that part
     * @param time in which they ended
     */
    public double value(Metric.OfOperations metric, Duration time) {
        if (metric instanceof Metric.Time times) {
            return times(times.clock()).nanos(times.statistic());
        }
        return metric instanceof Metric.SuccessRate ? successRate() : perSecond(time);
    }

    /** The lag is not known here: it is the load generator's. */
    private Distribution times(Clock clock) {
        return switch (clock) {
            case RESPONSE -> responseTime;
            case SERVICE -> serviceTime;
            case LAG -> Distribution.EMPTY;
        };
    }
}
