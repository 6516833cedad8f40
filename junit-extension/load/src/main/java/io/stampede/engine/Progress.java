package io.stampede.engine;

import java.time.Duration;
import java.util.Map;

/** Hears how far a run is. Called by the thread that runs the load test, about twice a second, and ten times where a rule may end it early. */
@FunctionalInterface
public interface Progress {

    void show(Snapshot snapshot);

    /**
     * A run at one instant.
     *
     * @param phase the name of the phase, empty where there is but one
     * @param done operations that ended, of all phases
     * @param planned of all phases; 0 where the target decides
     * @param failed of those that ended
     * @param p95Nanos response time so far; NaN where nothing succeeded
     * @param gauges the last value of each
     * @param elapsed since the first operation could start; begins anew after a warm-up
     * @param plan how long the plan takes by itself; zero where it does not say
     */
    record Snapshot(
            String phase,
            long done,
            long planned,
            long failed,
            double p95Nanos,
            Map<String, Double> gauges,
            Duration elapsed,
            Duration plan) {}
}
