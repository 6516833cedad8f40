package io.stampede.targets;

import io.stampede.internal.format.Times;
import io.stampede.metric.Bound;
import io.stampede.metric.Bound.Unit;
import io.stampede.metric.Metric;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads bounds such as {@code < 10 ms}, {@code 100+ ops/sec} or {@code > 99.9 %}, as their metric asks for. */
final class BoundParser {

    private static final Pattern BOUND = Pattern.compile(
            "(<=|>=|<|>|≤|≥)?\\s*(\\d{1,3}(?:,\\d{3}){1,4}|\\d{1,15})(\\.\\d{1,9})?\\s*(\\+)?\\s*([^\\d\\s+].*)?");
    private static final Pattern PER_SECOND =
            Pattern.compile("(?:ops?|operations?)?\\s*(?:/|per )\\s*(?:s|sec|second)");
    private static final Pattern PER_MINUTE =
            Pattern.compile("(?:ops?|operations?)?\\s*(?:/|per )\\s*(?:m|min|minute)");

    private BoundParser() {}

    /** A bound that says what is good. */
    static Bound parse(String text, Metric metric) {
        Bound bound = any(text, metric);
        boolean rate = bound.unit() == Unit.RATE || metric.measure().equals("success rate");
        if ((bound.unit() == Unit.TIME && !bound.upper()) || (rate && bound.upper())) {
            throw bad(text, metric);
        }
        return bound;
    }

    /** A bound in either direction. */
    static Bound any(String text, Metric metric) {
        Matcher matcher = BOUND.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw bad(text, metric);
        }
        String sign = matcher.group(1);
        boolean plus = matcher.group(4) != null;
        if ((sign != null && plus) || (sign == null && !plus && MetricParser.isGauge(metric))) {
            throw bad(text, metric);
        }
        boolean upper = sign == null ? !plus && MetricParser.isTime(metric) : "<≤".indexOf(sign.charAt(0)) >= 0;
        String digits = matcher.group(2).replace(",", "") + (matcher.group(3) == null ? "" : matcher.group(3));
        String unit = matcher.group(5) == null ? "" : matcher.group(5).strip();
        return bound(text, metric, upper, digits, unit);
    }

    private static Bound bound(String text, Metric metric, boolean upper, String digits, String unit) {
        String label = text.strip();
        double number = Double.parseDouble(digits);
        if (MetricParser.isTime(metric)) {
            return new Bound(upper, nanos(text, metric, digits + unit), Unit.TIME, label);
        }
        if (metric.measure().equals("throughput")) {
            boolean perMinute = PER_MINUTE.matcher(unit).matches();
            if (!perMinute && !PER_SECOND.matcher(unit).matches()) {
                throw bad(text, metric);
            }
            return new Bound(upper, perMinute ? number / 60 : number, Unit.RATE, label);
        }
        boolean percent = unit.equals("%") || unit.equals("percent");
        if (metric.measure().equals("success rate")) {
            if (!percent || number > 100) {
                throw bad(text, metric);
            }
            return new Bound(upper, number, Unit.PERCENT, label);
        }
        if (!percent && !unit.isEmpty()) {
            throw bad(text, metric);
        }
        return new Bound(upper, number, percent ? Unit.PERCENT : Unit.NUMBER, label);
    }

    private static double nanos(String text, Metric metric, String duration) {
        try {
            Duration parsed = Times.parse(duration.replace('μ', 'µ'));
            if (parsed.isZero()) {
                throw bad(text, metric); // nothing takes no time
            }
            return parsed.toNanos();
        } catch (TargetsException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw bad(text, metric);
        }
    }

    private static TargetsException bad(String text, Metric metric) {
        String accepted;
        if (MetricParser.isTime(metric)) {
            accepted = "a time that must not be exceeded, such as \"< 10 ms\", \"< 1.5 s\" or \"< 500 us\"";
        } else if (metric.measure().equals("throughput")) {
            accepted = "a rate that must be reached, such as \"100+ ops/sec\" or \"> 50 ops/s\"";
        } else if (metric.measure().equals("success rate")) {
            accepted = "a percentage that must be reached, from 0 % to 100 %, such as \"> 99.9 %\"";
        } else {
            accepted = "a number or percentage with its direction, such as \"< 100\", \"> 5\" or \"> 80 %\"";
        }
        return new TargetsException(
                "must be " + accepted + ", but was \"" + MetricParser.shortened(text.strip()) + "\"");
    }
}
