package io.stampede.scenario;

import io.stampede.internal.format.Shortened;
import io.stampede.metric.Bound;
import io.stampede.metric.Clock;
import io.stampede.metric.Metric;
import io.stampede.metric.Statistic;
import io.stampede.metric.Unit;
import io.stampede.targets.Target;
import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what is bad, such as {@code mean response time > 50 ms}, {@code queue size > 1000} or {@code success rate < 99 %}.
 *
 * @param metric of operations, or a gauge
 * @param label the metric as the user wrote it
 * @param bound what is bad: the limit is broken if it holds. The value of one without an equals sign is the nearest number
 *     beyond the one that was written, so that it does not hold on the boundary
 * @since 0.1
 */
public record Limit(Metric metric, String label, Bound bound) implements Serializable {

    private static final Pattern LIMIT = Pattern.compile("(.+?)\\s*(<=|>=|<|>|≤|≥)\\s*(.+)");
    private static final String KNOWN =
            "response time or service time with p50, p95 and the like, min, max or mean; throughput; success rate";

    /**
     * Reads a limit for a test with these gauges.
     *
     * @param text a metric and a bound
     * @param gauges the unit of each gauge, by its name in any letter case
     * @return the limit
     * @throws IllegalArgumentException if it is not understood, or names neither a known measure nor a gauge; the message
     *     continues the sentence {@code breaksWhen = "..", but}
     */
    public static Limit parse(String text, Map<String, Unit> gauges) {
        Matcher matcher = LIMIT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "it must be a metric and a bound, such as \"mean response time > 50 ms\"");
        }
        return of(matcher.group(1), matcher.group(2), matcher.group(3), gauges);
    }

    /**
     * Like {@link #parse}, for a step of a stress test, which only knows the highest value of a gauge.
     *
     * @param text a metric and a bound
     * @param gauges the unit of each gauge, by its name in any letter case
     * @return the limit
     * @throws IllegalArgumentException as {@link #parse}, and if it is a lower limit of a gauge
     */
    public static Limit ofStep(String text, Map<String, Unit> gauges) {
        Limit limit = parse(text, gauges);
        if (limit.metric() instanceof Metric.GaugeValue && limit.bound().upper()) {
            throw new IllegalArgumentException(
                    "its bound of a gauge must be one such as \"> 1000\", as a step keeps the highest value of a gauge,"
                            + " but was \"" + limit.bound().label() + "\"");
        }
        return limit;
    }

    static Limit of(String label, String sign, String bound, Map<String, Unit> gauges) {
        Metric metric = metric(label, gauges);
        return new Limit(metric, label.strip(), bound(sign, bound, metric));
    }

    /**
     * {@return the limit that is broken if a target is critical}
     *
     * @param row of a targets table
     */
    public static Limit beyond(Target row) {
        Bound good = row.acceptable();
        String sign = good.upper() ? ">" : "<";
        String limit = good.label().replaceFirst("^(<=|>=|<|>|≤|≥)\\s*", "").replaceFirst("^(\\S*)\\+", "$1");
        return new Limit(
                row.metric(), row.label().toLowerCase(Locale.ROOT), beside(!good.upper(), good, sign + " " + limit));
    }

    private static Metric metric(String text, Map<String, Unit> gauges) {
        Metric metric;
        try {
            metric = Metric.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its metric " + e.getMessage(), e);
        }
        if (metric instanceof Metric.Time time && time.clock() == Clock.LAG) {
            throw new IllegalArgumentException("its metric must not be lag, which is the load generator's own");
        }
        return metric instanceof Metric.GaugeValue gauge ? gauge(gauge, text.strip(), gauges) : metric;
    }

    private static Metric gauge(Metric.GaugeValue written, String label, Map<String, Unit> gauges) {
        Metric.GaugeValue gauge = written.among(gauges)
                .orElseThrow(() -> new IllegalArgumentException("its metric \"" + label + "\" is unknown."
                        + Metric.nearest(label, gauges.keySet())
                                .map(name -> " The nearest is \"" + name + "\".")
                                .orElse("")
                        + " Known are " + KNOWN + "; gauges of this test: "
                        + (gauges.isEmpty() ? "none" : String.join(", ", new TreeSet<>(gauges.keySet())))));
        if (gauge.statistic() != Statistic.OWN) {
            throw new IllegalArgumentException("its metric must be the gauge \"" + gauge.name()
                    + "\" alone, each of whose values counts, but was \"" + label + "\"");
        }
        return gauge;
    }

    private static Bound bound(String sign, String text, Metric metric) {
        String label = sign + " " + text;
        Bound bound;
        try {
            bound = Bound.either(label, metric);
            bound = metric instanceof Metric.GaugeValue gauge ? bound.in(gauge.unit()) : bound;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "its bound must be " + accepted(metric) + ", but was \"" + Shortened.of(label) + "\"", e);
        }
        if (sign.length() > 1 || sign.equals("≤") || sign.equals("≥")) {
            return bound;
        }
        // Bounds hold on their boundary, and "> 0" does not: so it begins beside it.
        return beside(bound.upper(), bound, bound.label());
    }

    private static Bound beside(boolean upper, Bound bound, String label) {
        double beyond = upper ? Math.nextDown(bound.value()) : Math.nextUp(bound.value());
        return new Bound(upper, beyond, bound.unit(), label);
    }

    private static String accepted(Metric metric) {
        if (metric instanceof Metric.GaugeValue gauge) {
            return switch (gauge.unit()) {
                case NANOS -> "a time, such as \"> 1 s\", as the gauge is in nanoseconds";
                case PER_SECOND -> "a rate, such as \"> 50 ops/s\", as the gauge is per second";
                case PERCENT, SHARE -> "a percentage or a number, such as \"> 80 %\"";
                case BYTES -> "a size, such as \"> 512 MiB\", as the gauge is in bytes";
                case COUNT -> "a number, such as \"> 10000\"";
            };
        }
        return switch (metric.unit()) {
            case NANOS -> "a time, such as \"> 1 s\"";
            case PER_SECOND -> "a rate, such as \"< 50 ops/s\"";
            default -> "a percentage from 0 % to 100 %, such as \"< 90 %\"";
        };
    }

    /** {@return the limit as the user wrote it, such as {@code queue size > 1000}} */
    public String text() {
        return label + " " + bound.label();
    }

    /** {@return the number of the limit as the user wrote it, such as {@code 1000}} */
    public String value() {
        return bound.label().replaceFirst("^(<=|>=|<|>|≤|≥)\\s*", "");
    }

    /**
     * {@return whether a value is beyond the limit}
     *
     * @param value in the metric's unit; NaN breaks nothing
     */
    public boolean isBrokenBy(double value) {
        return bound.holds(value);
    }
}
