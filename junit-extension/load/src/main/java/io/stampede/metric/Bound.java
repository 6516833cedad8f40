package io.stampede.metric;

import io.stampede.internal.format.Shortened;
import java.io.Serializable;

/**
 * A limit such as {@code < 10 ms}, {@code 100+ ops/sec} or {@code > 99.9 %}.
 *
 * @param upper true if values must be at most the limit, false if at least
 * @param value the limit, in the unit; may be negative
 * @param unit what the value is in
 * @param label as the user wrote it, for tables
 * @since 0.1
 */
public record Bound(boolean upper, double value, Unit unit, String label) implements Serializable {

    /** Refuses a limit that is not a number. */
    public Bound {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("value must be a number, but was NaN, in \"" + label + "\"");
        }
    }

    /**
     * {@return an upper limit in nanoseconds}
     *
     * @param nanos the highest value that is good
     */
    public static Bound below(double nanos) {
        return new Bound(true, nanos, Unit.NANOS, "< " + Unit.NANOS.format(nanos));
    }

    /**
     * Reads a bound that says what is good: times have upper limits, throughput and success rate have
     * lower ones, and gauges say which with {@code <}, {@code >} or a {@code +} after the number.
     *
     * @param text such as {@code < 10 ms}, {@code 100+ ops/sec} or {@code > 99.9 %}
     * @param metric what is bounded, which says what the text may look like
     * @return the bound
     * @throws IllegalArgumentException if the text is not such a bound; the message begins with what it must be
     */
    public static Bound good(String text, Metric metric) {
        return BoundParser.good(text, metric);
    }

    /**
     * Reads a bound in either direction, for rules that say what is bad.
     *
     * @param text such as {@code > 1 s} or {@code < 90 %}
     * @param metric what is bounded, which says what the text may look like
     * @return the bound
     * @throws IllegalArgumentException if the text is not such a bound; the message begins with what it must be
     */
    public static Bound either(String text, Metric metric) {
        return BoundParser.either(text, metric);
    }

    /**
     * {@return whether a value keeps the bound; one on the boundary does}
     *
     * @param actual in the bound's unit; NaN keeps nothing
     */
    public boolean holds(double actual) {
        return upper ? actual <= value : actual >= value;
    }

    /**
     * The same bound for a gauge in a unit: a plain number is in the gauge's own unit, and a share can be written in
     * percent. Everything else must be in the gauge's unit.
     *
     * @param gauge what the gauge is in
     * @return the bound in that unit, with its text
     * @throws IllegalArgumentException if the bound is in another unit; the message begins with what it must be and ends
     *     with what to do
     */
    public Bound in(Unit gauge) {
        if (unit == gauge || unit == Unit.COUNT) {
            return new Bound(upper, value, gauge, label);
        }
        if (unit == Unit.PERCENT && gauge == Unit.SHARE) {
            return new Bound(upper, value / 100, gauge, label);
        }
        throw new IllegalArgumentException(
                "must be " + gauge.examples() + ", because the gauge was registered with unit " + gauge + ", but was \""
                        + Shortened.of(label) + "\"." + remedy(gauge));
    }

    private String remedy(Unit gauge) {
        return unit == Unit.PERCENT && gauge == Unit.COUNT
                ? " Register the gauge with unit SHARE if its values are 0 to 1, or with PERCENT if they are 0 to 100"
                : " Write the bound in that unit, or register the gauge with unit " + unit;
    }

    /** {@return the limit as tables print it} */
    public String formatted() {
        return unit.format(value);
    }
}
