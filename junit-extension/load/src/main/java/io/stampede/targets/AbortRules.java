package io.stampede.targets;

import io.stampede.internal.format.Times;
import io.stampede.metric.Bound;
import io.stampede.metric.Metric;
import io.stampede.scenario.AbortRule;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads rules that end a run early, such as {@code success rate < 90 % for 10s}: a metric, a bound that says what is bad,
 * and how long it must hold. Pure; may be used by all threads.
 *
 * @since 0.1
 */
public final class AbortRules {

    private static final Pattern RULE = Pattern.compile("(.+?)\\s*(<=|>=|<|>|≤|≥)\\s*(.+?)\\s+for\\s+(\\S.*)");
    private static final String KNOWN =
            "response time or service time with p50, p95 and the like, max or mean; throughput; success rate";

    private AbortRules() {}

    /**
     * A rule for a test with these gauges.
     *
     * @throws TargetsException where it is not understood, or speaks of what is neither a known measure nor a gauge; the
     *     message goes on where {@code abortWhen = "..", but} ends
     */
    public static AbortRule parse(String text, Set<String> gauges) {
        Matcher matcher = RULE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new TargetsException(
                    "it must be a metric, a bound and a window, such as \"response time p95 > 1 s for 5s\"");
        }
        Metric metric = metric(matcher.group(1), gauges);
        Bound bound = bound(matcher.group(2), matcher.group(3), metric);
        return new AbortRule(metric, bound, window(matcher.group(4)), text.strip());
    }

    private static Metric metric(String text, Set<String> gauges) {
        Metric metric;
        try {
            metric = MetricParser.parse(text);
        } catch (TargetsException e) {
            throw new TargetsException("its metric " + e.getMessage());
        }
        if (metric.measure().equals("lag")) {
            throw new TargetsException("its metric must not be lag, which is the load generator's own");
        }
        return MetricParser.isGauge(metric) ? gauge(metric, gauges) : metric;
    }

    private static Metric gauge(Metric metric, Set<String> gauges) {
        Set<String> names = TargetRows.lowerCase(gauges);
        String whole = (metric.measure() + " " + metric.statistic()).strip();
        if (names.contains(whole)) {
            return new Metric(whole, "", metric.label());
        }
        if (names.contains(metric.measure())) {
            throw new TargetsException("its metric must be the gauge \"" + metric.measure()
                    + "\" alone, each of whose values counts, but was \"" + metric.label() + "\"");
        }
        throw new TargetsException("its metric \"" + metric.label() + "\" is unknown. Known are " + KNOWN
                + "; gauges of this test: " + (gauges.isEmpty() ? "none" : String.join(", ", new TreeSet<>(gauges))));
    }

    private static Bound bound(String sign, String text, Metric metric) {
        String label = sign + " " + text;
        Bound bound;
        try {
            bound = BoundParser.any(label, metric);
        } catch (TargetsException e) {
            throw new TargetsException(
                    "its bound must be " + accepted(metric) + ", but was \"" + MetricParser.shortened(label) + "\"");
        }
        if (sign.length() > 1 || sign.equals("≤") || sign.equals("≥")) {
            return bound;
        }
        // Bounds hold on their boundary, and "> 0" does not: so it begins beside it.
        double beyond = bound.upper() ? Math.nextDown(bound.value()) : Math.nextUp(bound.value());
        return new Bound(bound.upper(), beyond, bound.unit(), bound.label());
    }

    private static String accepted(Metric metric) {
        if (MetricParser.isTime(metric)) {
            return "a time, such as \"> 1 s\"";
        }
        return switch (metric.measure()) {
            case "throughput" -> "a rate, such as \"< 50 ops/s\"";
            case "success rate" -> "a percentage from 0 % to 100 %, such as \"< 90 %\"";
            default -> "a number or percentage, such as \"> 10000\"";
        };
    }

    private static Duration window(String text) {
        try {
            Duration window = Times.parse(text);
            if (window.compareTo(AbortRule.MIN_WINDOW) >= 0 && window.compareTo(AbortRule.MAX_WINDOW) <= 0) {
                return window;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new TargetsException("its window must be 1s to 1h, but was \"" + MetricParser.shortened(text) + "\"");
    }
}
