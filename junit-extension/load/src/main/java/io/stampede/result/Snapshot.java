package io.stampede.result;

import io.stampede.metric.Unit;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run at one instant, while it goes on.
 *
 * @param stage what the run is doing
 * @param phase the name of the phase; empty if there is only one
 * @param elapsed since the first operation could start; starts again at zero after a warm-up
 * @param plan how long the plan takes by itself; zero if it does not say
 * @param planned operations of all phases; 0 if the target decides
 * @param due operations that the plan has asked for so far, of all phases, on average if arrivals are random; of a phase
 *     that was stopped, those until then. NaN while users wait for the target, so that no operation is ever due; when they
 *     have ended, those of the open phases, and NaN if there was none
 * @param progress what has ended so far, of all phases
 * @param news what has ended since the snapshot before
 * @param gauges the last value of each, by its name, in the order of registration
 * @since 0.1
 */
public record Snapshot(
        Stage stage,
        String phase,
        Duration elapsed,
        Duration plan,
        long planned,
        double due,
        Progress progress,
        Outcomes news,
        Map<String, Reading> gauges)
        implements Serializable {

    /**
     * What a run is doing.
     *
     * @since 0.1
     */
    public enum Stage {
        /** Operations run that do not count. */
        WARM_UP,
        /** Operations run, and count. */
        LOAD,
        /** Waits until the backlogs of one step are gone, before the next one begins. */
        SETTLING,
        /** The load is over, and the target gets time to recover. */
        RECOVERY;

        /** {@return the stage as reports print it} */
        public String label() {
            return switch (this) {
                case WARM_UP -> "warm-up";
                case LOAD -> "load";
                case SETTLING -> "settling";
                case RECOVERY -> "recovery";
            };
        }
    }

    /** Copies the map. */
    public Snapshot {
        gauges = Collections.unmodifiableMap(new LinkedHashMap<>(gauges));
    }

    /**
     * What has ended so far. It is not {@link Outcomes}: merging all histograms for each snapshot would cost too much.
     *
     * @param succeeded operations that succeeded
     * @param failed operations that failed
     * @param p95Nanos 95 % of the response times are at most this; NaN if nothing succeeded
     * @since 0.1
     */
    public record Progress(long succeeded, long failed, double p95Nanos) implements Serializable {

        /** {@return operations that ended, well or not} */
        public long ended() {
            return succeeded + failed;
        }
    }

    /**
     * A gauge at one instant.
     *
     * @param unit what the value is in
     * @param value the last one read; NaN if there is none
     * @since 0.1
     */
    public record Reading(Unit unit, double value) implements Serializable {}

    /** {@return operations that ended so far, well or not} */
    public long ended() {
        return progress.ended();
    }
}
