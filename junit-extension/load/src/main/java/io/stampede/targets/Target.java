package io.stampede.targets;

import io.stampede.metric.Band;
import io.stampede.metric.Bound;
import io.stampede.metric.Metric;
import java.io.Serializable;
import java.util.function.Supplier;

/**
 * One row of a targets table. A value that keeps neither bound is critical.
 *
 * @param metric what is judged
 * @param label the metric as the user wrote it, for tables
 * @param target the wish
 * @param acceptable what is good enough: the same direction and unit, and not stricter than the target
 * @param builtIn whether it stands in the table that applies if the user gives none. Such a row is left out if it names
 *     a gauge that a test does not have, and it does not replace the limits of a scenario
 * @since 0.1
 */
public record Target(Metric metric, String label, Bound target, Bound acceptable, boolean builtIn)
        implements Serializable {

    /** Checks that the bounds fit together. */
    public Target {
        boolean stricter = target.upper() ? acceptable.value() < target.value() : acceptable.value() > target.value();
        if (target.upper() != acceptable.upper() || target.unit() != acceptable.unit() || stricter) {
            throw new TargetsException("must not be stricter than the target (\"" + target.label()
                    + "\"), nor of another unit or direction, but was \"" + acceptable.label() + "\"");
        }
    }

    /**
     * A row from texts, such as {@code of("response time p95", "< 10 ms", "< 20 ms")}.
     *
     * @param metric as in the column Metric of a table
     * @param target as in the column Target
     * @param acceptable as in the column Acceptable
     * @return the row
     * @throws TargetsException if one of them is not understood, or {@code acceptable} is stricter than
     *     {@code target}
     */
    public static Target of(String metric, String target, String acceptable) {
        Metric parsed = named("metric", () -> Metric.parse(metric));
        Bound wished = named("target", () -> Bound.good(target, parsed));
        Bound enough = named("acceptable", () -> Bound.good(acceptable, parsed));
        return named("acceptable", () -> new Target(parsed, label(metric), wished, enough, false));
    }

    /**
     * A row without an acceptable range: a missed target is critical, such as {@code of("throughput", "200+ ops/s")}.
     *
     * @param metric as in the column Metric of a table
     * @param target as in the columns Target and Acceptable
     * @return the row
     * @throws TargetsException if one of them is not understood
     */
    public static Target of(String metric, String target) {
        return of(metric, target, target);
    }

    static String label(String metric) {
        return metric.strip().replaceAll("\\s+", " ");
    }

    private static <T> T named(String what, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw new TargetsException(what + " " + e.getMessage(), e);
        }
    }

    /**
     * {@return the band of a measured value; one on a boundary belongs to the better band}
     *
     * @param actual in the bounds' unit; NaN if nothing was measured
     */
    public Band band(double actual) {
        if (Double.isNaN(actual)) {
            return Band.NO_DATA;
        }
        return target.holds(actual) ? Band.TARGET : acceptable.holds(actual) ? Band.ACCEPTABLE : Band.CRITICAL;
    }

    /**
     * {@return the same row with other bounds}
     *
     * @param wished the target
     * @param enough what is acceptable
     */
    public Target with(Bound wished, Bound enough) {
        return new Target(metric, label, wished, enough, builtIn);
    }

    Target asBuiltIn() {
        return new Target(metric, label, target, acceptable, true);
    }

    /** The row of a gauge, in its unit. */
    Target of(Metric.GaugeValue gauge) {
        try {
            return new Target(gauge, label, target.in(gauge.unit()), acceptable.in(gauge.unit()), builtIn);
        } catch (TargetsException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new TargetsException("a bound of \"" + label + "\" " + e.getMessage(), e);
        }
    }
}
