package io.stampede.internal.engine;

import io.stampede.metric.Metric;
import io.stampede.metric.Unit;
import io.stampede.result.GaugeSeries;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
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
        name = name.strip().replaceAll("\\s+", " ");
    }

    /**
     * A gauge that a user registers, beside others.
     *
     * @param others by name as {@link Metric.GaugeValue#name(String)} writes it; this one is added
     * @throws IllegalArgumentException if one of them has its name, or every run has a gauge of that name
     */
    public void addTo(Map<String, GaugeSource> others) {
        whyNotAmong(others.values()).ifPresent(rule -> {
            throw new IllegalArgumentException("gauge \"" + name + "\": its name " + rule);
        });
        others.put(key(), this);
    }

    /** What is wrong with its name beside those of others, beginning with "must"; empty if nothing is. */
    public Optional<String> whyNotAmong(Collection<GaugeSource> others) {
        if (GaugeSeries.ofEngine(name)) {
            return Optional.of("must not be that of a gauge that every run has by itself");
        }
        return others.stream()
                .filter(other -> other.key().equals(key()))
                .findFirst()
                .map(other -> "must not be that of another gauge of the test, \"" + other.name
                        + "\"; letter case and blanks do not tell names apart");
    }

    /** The name as it is compared. */
    public String key() {
        return Metric.GaugeValue.name(name);
    }
}
