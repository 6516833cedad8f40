package io.stampede.metric;

import io.stampede.internal.format.Shortened;
import io.stampede.internal.format.Times;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads bounds such as {@code < 10 ms}, {@code 100+ ops/sec} or {@code > 99.9 %}, as their metric asks for. */
final class BoundParser {

    private static final Pattern BOUND = Pattern.compile(
            "(<=|>=|<|>|≤|≥)?\\s*([-−])?\\s*(\\d{1,3}(?:,\\d{3}){1,4}|\\d{1,15})(\\.\\d{1,9})?\\s*(\\+)?"
                    + "\\s*([^\\d\\s+].*)?");
    private static final Pattern PER_SECOND =
            Pattern.compile("(?:ops?|operations?)?\\s*(?:/|per )\\s*(?:s|sec|second)");
    private static final Pattern PER_MINUTE =
            Pattern.compile("(?:ops?|operations?)?\\s*(?:/|per )\\s*(?:m|min|minute)");
    private static final Map<String, Double> BYTES = Map.of(
            "b", 1.0, "kb", 1e3, "mb", 1e6, "gb", 1e9, "kib", 0x1p10, "mib", 0x1p20, "gib", 0x1p30, "byte", 1.0,
            "bytes", 1.0);

    private final String text;
    private final Metric metric;

    private BoundParser(String text, Metric metric) {
        this.text = text.strip();
        this.metric = metric;
    }

    static Bound good(String text, Metric metric) {
        BoundParser parser = new BoundParser(text, metric);
        Bound bound = parser.parse();
        if (metric instanceof Metric.OfOperations && bound.upper() != metric.lowerIsBetter()) {
            throw parser.bad();
        }
        return bound;
    }

    static Bound either(String text, Metric metric) {
        return new BoundParser(text, metric).parse();
    }

    private Bound parse() {
        Matcher matcher = BOUND.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw bad();
        }
        String sign = matcher.group(1);
        boolean negative = matcher.group(2) != null;
        boolean plus = matcher.group(5) != null;
        boolean gauge = metric instanceof Metric.GaugeValue;
        boolean directed = sign != null || plus;
        if ((sign != null && plus) || (gauge && !directed) || (negative && (!gauge || plus))) {
            throw bad();
        }
        boolean upper = sign == null ? !plus && metric.lowerIsBetter() : "<≤".indexOf(sign.charAt(0)) >= 0;
        String digits = matcher.group(3).replace(",", "") + (matcher.group(4) == null ? "" : matcher.group(4));
        String unit = matcher.group(6) == null ? "" : matcher.group(6).strip();
        Value value = gauge ? gauge(digits, unit) : new Value(measure(digits, unit), metric.unit());
        return new Bound(upper, negative ? -value.number : value.number, value.unit, text);
    }

    private record Value(double number, Unit unit) {}

    private double measure(String digits, String unit) {
        double number = Double.parseDouble(digits);
        return switch (metric.unit()) {
            case NANOS -> nanos(digits + unit);
            case PER_SECOND -> perSecond(number, unit);
            case PERCENT -> {
                if (!isPercent(unit) || number > 100) {
                    throw bad();
                }
                yield number;
            }
            default -> {
                if (!unit.isEmpty()) {
                    throw bad();
                }
                yield number;
            }
        };
    }

    /** As it was written: whether the gauge is in that unit is known only when there is a gauge. */
    private Value gauge(String digits, String unit) {
        double number = Double.parseDouble(digits);
        if (unit.isEmpty()) {
            return new Value(number, Unit.COUNT);
        }
        if (isPercent(unit)) {
            return new Value(number, Unit.PERCENT);
        }
        Double bytes = BYTES.get(unit);
        if (bytes != null) {
            return new Value(number * bytes, Unit.BYTES);
        }
        return PER_SECOND.matcher(unit).matches() || PER_MINUTE.matcher(unit).matches()
                ? new Value(perSecond(number, unit), Unit.PER_SECOND)
                : new Value(nanos(digits + unit), Unit.NANOS);
    }

    private static boolean isPercent(String unit) {
        return unit.equals("%") || unit.equals("percent");
    }

    private double perSecond(double number, String unit) {
        boolean perMinute = PER_MINUTE.matcher(unit).matches();
        if (!perMinute && !PER_SECOND.matcher(unit).matches()) {
            throw bad();
        }
        return perMinute ? number / 60 : number;
    }

    private double nanos(String duration) {
        Duration parsed;
        try {
            parsed = Times.parse(duration.replace('μ', 'µ'));
        } catch (IllegalArgumentException e) {
            throw bad();
        }
        if (parsed.isZero() && !(metric instanceof Metric.GaugeValue)) {
            throw bad(); // nothing takes no time
        }
        return parsed.toNanos();
    }

    private IllegalArgumentException bad() {
        return new IllegalArgumentException("must be " + accepted() + ", but was \"" + Shortened.of(text) + "\"");
    }

    private String accepted() {
        if (metric instanceof Metric.GaugeValue) {
            return "a number or percentage with its direction, such as \"< 100\", \"> 5\" or \"> 80 %\""
                    + Metric.nearest(metric.label(), List.of())
                            .map(measure -> ", because \"" + metric.label()
                                    + "\" is read as a gauge's name (did you mean \"" + measure + "\"?)")
                            .orElse("");
        }
        return switch (metric.unit()) {
            case NANOS -> "a time that must not be exceeded, such as \"< 10 ms\", \"< 1.5 s\" or \"< 500 us\"";
            case PER_SECOND -> "a rate that must be reached, such as \"100+ ops/sec\" or \"> 50 ops/s\"";
            case PERCENT -> "a percentage that must be reached, from 0 % to 100 %, such as \"> 99.9 %\"";
            default -> "a number with its direction, such as \"> 5\"";
        };
    }
}
