package io.stampede.result;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one phase, one step of a stress test, or one tick of a ramp.
 *
 * @param start since the run began
 * @param elapsed from the first due time to the last end
 * @param responseTime end - due, of operations that succeeded
 * @param serviceTime end - start, of operations that succeeded
 * @param gaugeMax the highest value of each gauge while the phase ran
 * @param settled how long it took afterwards until backlogs were gone; null where nobody waited
 * @since 0.1
 */
public record PhaseResult(
        String name,
        long planned,
        long succeeded,
        long failed,
        Duration start,
        Duration elapsed,
        Distribution responseTime,
        Distribution serviceTime,
        Map<String, Double> gaugeMax,
        @Nullable Duration settled)
        implements Serializable {

    public PhaseResult {
        gaugeMax = Map.copyOf(gaugeMax);
    }

    /** Operations that ended, per second. */
    public double throughput() {
        return elapsed.isZero() ? Double.NaN : (succeeded + failed) / (elapsed.toNanos() / 1e9);
    }

    /** Percent of the operations that ended; NaN where none did. */
    public double successRate() {
        long ended = succeeded + failed;
        return ended == 0 ? Double.NaN : 100.0 * succeeded / ended;
    }
}
