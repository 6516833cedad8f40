package io.stampede.metric;

import io.stampede.internal.format.Shortened;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads metrics such as {@code Queue time P95}, in any letter case. */
final class MetricParser {

    private static final String THROUGHPUT = Metric.Throughput.OF_ALL.label();
    private static final String SUCCESS_RATE = Metric.SuccessRate.OF_ALL.label();
    /** Another word for response time: what a caller waits for a queue. */
    private static final String QUEUE_TIME = "queue time";

    /** Names that are never a gauge's. */
    static final List<String> MEASURES = Stream.concat(
                    Stream.of(QUEUE_TIME, THROUGHPUT, SUCCESS_RATE),
                    Arrays.stream(Clock.values()).map(Clock::label))
            .toList();

    private MetricParser() {}

    /** Whether a measure has no statistics. */
    static boolean standsAlone(String measure) {
        return measure.equals(THROUGHPUT) || measure.equals(SUCCESS_RATE);
    }

    static Metric parse(String text) {
        String name = Metric.GaugeValue.name(text);
        if (name.isEmpty() || name.length() > Metric.MAX_LENGTH) {
            throw new IllegalArgumentException("must be a metric of at most " + Metric.MAX_LENGTH
                    + " characters, but was \"" + Shortened.of(text) + "\"");
        }
        Optional<String> measure = measure(name);
        return measure.isPresent() ? ofMeasure(measure.get(), name, text) : gauge(name);
    }

    /** The measure that a name speaks of: its statistic stands behind it, or before it. */
    private static Optional<String> measure(String name) {
        String behind = withoutFirst(name);
        return MEASURES.stream()
                .filter(measure -> name.equals(measure) || name.startsWith(measure + " ") || behind.equals(measure))
                .findFirst();
    }

    private static String withoutFirst(String name) {
        int blank = name.indexOf(' ');
        boolean statistic =
                blank > 0 && Statistic.parse(name.substring(0, blank)).isPresent();
        return statistic ? name.substring(blank + 1) : "";
    }

    private static Metric ofMeasure(String measure, String name, String text) {
        String label = text.strip().replaceAll("\\s+", " ");
        if (standsAlone(measure)) {
            if (!name.equals(measure)) {
                throw new IllegalArgumentException("must be " + measure + " alone, but was \"" + label + "\"");
            }
            return measure.equals(THROUGHPUT) ? Metric.Throughput.OF_ALL : Metric.SuccessRate.OF_ALL;
        }
        String statistic = name.startsWith(measure)
                ? name.substring(measure.length()).strip()
                : name.substring(0, name.length() - measure.length()).strip();
        return Statistic.parse(statistic)
                .filter(found -> found != Statistic.LAST)
                .<Metric>map(found -> Metric.Time.of(clock(measure), found))
                .orElseThrow(() -> new IllegalArgumentException("must be " + measure
                        + " with p50, p90, p95, p99, p99.9, min, max or mean, but was \"" + label + "\""));
    }

    private static Clock clock(String measure) {
        return Arrays.stream(Clock.values())
                .filter(clock -> clock.label().equals(measure))
                .findFirst()
                .orElse(Clock.RESPONSE);
    }

    private static Metric gauge(String name) {
        int blank = name.lastIndexOf(' ');
        return Optional.of(name.substring(blank + 1))
                .filter(word -> blank > 0)
                .flatMap(Statistic::parse)
                .map(statistic -> Metric.GaugeValue.of(name.substring(0, blank), statistic))
                .orElseGet(() -> Metric.GaugeValue.of(name, Statistic.OWN));
    }

    static Optional<String> whyNoGauge(String text) {
        String name = Metric.GaugeValue.name(text);
        if (name.isEmpty() || name.length() > Metric.MAX_LENGTH) {
            return Optional.of("must be a name of 1 to " + Metric.MAX_LENGTH + " characters");
        }
        return measure(name)
                .map(measure -> String.format(
                        Locale.ROOT,
                        "must not be the name of a measure that every run has (%s), which it would be taken for",
                        measure));
    }
}
