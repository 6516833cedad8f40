package io.stampede.internal.engine;

import io.stampede.metric.Metric;
import io.stampede.metric.Unit;
import java.util.function.DoubleSupplier;

/**
 * A value that is read while a run goes on.
 *
 * @param name as reports show it
 * @param unit what its values are in
 * @param backlog whether it is work that waits, which a stress test lets go back to zero between its steps
 * @param value read by one thread at a time; NaN for "nothing yet"; an exception is counted
 */
public record GaugeSource(String name, Unit unit, boolean backlog, DoubleSupplier value) {

    /** @throws IllegalArgumentException if the name cannot be a gauge's */
    public GaugeSource {
        String given = name;
        Metric.whyNoGauge(name).ifPresent(rule -> {
            throw new IllegalArgumentException("gauge \"" + given + "\": its name " + rule);
        });
        name = name.strip();
    }
}
