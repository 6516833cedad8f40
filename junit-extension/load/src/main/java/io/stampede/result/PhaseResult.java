package io.stampede.result;

import io.stampede.metric.Metric;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one phase, one step of a stress test, or one tick of a ramp.
 *
 * @param name of the phase, step or tick
 * @param planned how many operations were to run
 * @param outcomes of those that ended
 * @param start since the run began
 * @param elapsed from the first due time to the last end
 * @param gaugeMax the highest value of each gauge while the phase ran, by the gauge's name
 * @param settled how long it took afterwards until backlogs were gone; null if nothing waited for them
 * @param breach why a step of a stress test broke; null if it held, or if the run is not a stress test
 * @since 0.1
 */
public record PhaseResult(
        String name,
        long planned,
        Outcomes outcomes,
        Duration start,
        Duration elapsed,
        Map<String, Double> gaugeMax,
        @Nullable Duration settled,
        @Nullable Breach breach)
        implements Serializable {

    /** Copies the gauges. */
    public PhaseResult {
        gaugeMax = Map.copyOf(gaugeMax);
    }

    /**
     * A phase that is not a step, and after which nothing waited.
     *
     * @param name of the phase, step or tick
     * @param planned how many operations were to run
     * @param outcomes of those that ended
     * @param start since the run began
     * @param elapsed from the first due time to the last end
     * @param gaugeMax the highest value of each gauge while the phase ran
     */
    public PhaseResult(
            String name,
            long planned,
            Outcomes outcomes,
            Duration start,
            Duration elapsed,
            Map<String, Double> gaugeMax) {
        this(name, planned, outcomes, start, elapsed, gaugeMax, null, null);
    }

    /**
     * {@return the same phase, after which backlogs were waited for}
     *
     * @param took how long it took until they were gone
     */
    public PhaseResult withSettled(Duration took) {
        return new PhaseResult(name, planned, outcomes, start, elapsed, gaugeMax, took, breach);
    }

    /**
     * {@return the same step, judged}
     *
     * @param why why it broke; null if it held
     */
    public PhaseResult withBreach(@Nullable Breach why) {
        return new PhaseResult(name, planned, outcomes, start, elapsed, gaugeMax, settled, why);
    }

    /**
     * {@return the same phase under another name}
     *
     * @param other the name
     */
    public PhaseResult named(String other) {
        return new PhaseResult(other, planned, outcomes, start, elapsed, gaugeMax, settled, breach);
    }

    /** {@return the same phase without its gauges} */
    public PhaseResult withoutGauges() {
        return new PhaseResult(name, planned, outcomes, start, elapsed, Map.of(), settled, breach);
    }

    /** {@return operations that ended, per second; NaN if none did} */
    public double throughput() {
        return outcomes.perSecond(elapsed);
    }

    /** {@return whether this is a step of a stress test that broke} */
    public boolean broke() {
        return breach != null;
    }

    /**
     * {@return a figure of the phase, in the metric's unit; NaN if there is none}. For a gauge it is the highest value,
     * whatever the statistic.
     *
     * @param metric of operations, or of a gauge
     */
    public double value(Metric metric) {
        if (metric instanceof Metric.OfOperations operations) {
            return outcomes.value(operations, elapsed);
        }
        return Optional.of(metric)
                .filter(Metric.GaugeValue.class::isInstance)
                .map(Metric.GaugeValue.class::cast)
                .flatMap(gauge -> gaugeMax.entrySet().stream()
                        .filter(entry -> gauge.isOf(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst())
                .orElse(Double.NaN);
    }
}
