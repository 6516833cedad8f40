package io.stampede.targets;

import io.stampede.metric.Metric;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads metrics such as {@code Queue time P95}, in any letter case. */
final class MetricParser {

    static final String KNOWN = "queue time, response time, service time or lag with p50, p90, p95, p99, p99.9, max or"
            + " mean; throughput; success rate; or a gauge's name, alone or with p50, p95 and the like, max, mean or"
            + " last";

    private static final Set<String> TIMES = Set.of("response time", "service time", "lag");
    private static final Set<String> RATES = Set.of("throughput", "success rate");
    private static final List<String> KNOWN_MEASURES =
            List.of("queue time", "response time", "service time", "lag", "throughput", "success rate");
    private static final Pattern PERCENTILE = Pattern.compile("p\\d{1,2}(\\.\\d{1,3})?");
    private static final int MAX_LENGTH = 200;

    private MetricParser() {}

    static Metric parse(String text) {
        String label = text.strip().replaceAll("\\s+", " ");
        String name = label.toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            throw new TargetsException(
                    "must be a metric of at most " + MAX_LENGTH + " characters, but was \"" + shortened(text) + "\"");
        }
        Optional<String> known = KNOWN_MEASURES.stream()
                .filter(measure -> name.equals(measure) || name.startsWith(measure + " "))
                .findFirst();
        return known.isPresent() ? known(known.get(), name, label) : gauge(name, label);
    }

    private static Metric known(String measure, String name, String label) {
        String statistic = name.substring(measure.length()).strip();
        String canonical = measure.equals("queue time") ? "response time" : measure;
        if (RATES.contains(canonical)) {
            if (!statistic.isEmpty()) {
                throw new TargetsException("must be " + measure + " alone, but was \"" + label + "\"");
            }
        } else if (!isPercentile(statistic) && !statistic.equals("max") && !statistic.equals("mean")) {
            throw new TargetsException(
                    "must be " + measure + " with p50, p90, p95, p99, p99.9, max or mean, but was \"" + label + "\"");
        }
        return new Metric(canonical, statistic, label);
    }

    private static Metric gauge(String name, String label) {
        int blank = name.lastIndexOf(' ');
        String statistic = name.substring(blank + 1);
        return blank > 0
                        && (isPercentile(statistic)
                                || Set.of("max", "mean", "last").contains(statistic))
                ? new Metric(name.substring(0, blank), statistic, label)
                : new Metric(name, "", label);
    }

    private static boolean isPercentile(String statistic) {
        return PERCENTILE.matcher(statistic).matches() && Double.parseDouble(statistic.substring(1)) > 0;
    }

    static boolean isTime(Metric metric) {
        return TIMES.contains(metric.measure());
    }

    static boolean isGauge(Metric metric) {
        return !isTime(metric) && !RATES.contains(metric.measure());
    }

    static String shortened(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
    }
}
