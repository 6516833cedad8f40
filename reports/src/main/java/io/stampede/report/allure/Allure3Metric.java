package io.stampede.report.allure;

import io.stampede.metric.Bound;
import io.stampede.metric.Metric;
import io.stampede.report.text.DisplayUnit;
import io.stampede.report.text.Json;
import io.stampede.report.text.Text;
import io.stampede.result.Distribution;
import io.stampede.result.LoadResult;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A measured value as Allure 3 keeps it. Its key is of one load test alone: Allure compares keys between runs, and takes
 * the mean of those that are the same.
 *
 * @param key such as {@code ShopLoadTest.spike.response_p95_ms}
 * @param unit such as {@code ms}; empty for a plain number
 * @param lowerIsBetter whether a lower value is a better one
 * @param group what stands together: the load test
 */
record Allure3Metric(
        String key,
        String title,
        double value,
        String unit,
        boolean lowerIsBetter,
        long startMillis,
        long stopMillis,
        String group) {

    /**
     * All of a load test: the same of each kind, what its verdict judged by bounds, as it was judged, and how many rows of
     * the verdict failed the test. None of an invalid one, whose figures say nothing of the target and must not be what
     * later runs are compared with.
     */
    static List<Allure3Metric> of(LoadResult result, Verdict verdict, String name) {
        if (verdict.outcome() == Verdict.Outcome.INVALID) {
            return List.of();
        }
        List<Allure3Metric> figures = new ArrayList<>();
        Making making = new Making(result, name, figures);
        making.times("response", result.responseTime());
        making.times("service", result.serviceTime());
        making.add("throughput_per_s", "throughput", result.throughput(), "ops/s", false);
        making.add("success_percent", "success rate", result.successRate(), "%", false);
        making.add("delivered_percent", "delivered of the plan", 100 * result.delivered(), "%", false);
        if (result.breakingPoint() != null) {
            making.add("capacity", "capacity", (double) result.breakingPoint().capacity(), "at once", false);
        }
        for (Judged judged : Judged.of(verdict)) {
            Bound bound = judged.bounds().target();
            DisplayUnit unit = DisplayUnit.of(bound.unit());
            making.add(
                    judged.key(),
                    judged.row().label() + " (judged)",
                    unit.inUnit(judged.row().value()),
                    unit.label(),
                    bound.upper());
        }
        making.add(Figures.Gate.FAILED_ROWS, "rows that failed the test", failedRows(result, verdict), "", true);
        return figures;
    }

    private static double failedRows(LoadResult result, Verdict verdict) {
        long rows = verdict.rows().stream()
                .filter(row -> row.band().compareTo(result.scenario().failOn()) >= 0)
                .count();
        return verdict.passed() ? 0 : Math.max(1, rows);
    }

    /** As Allure reads it; what names it is in it too, so that Allure shows it without a configuration. */
    Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", key);
        data.put("key", key);
        data.put("title", title);
        data.put("value", value);
        data.put("unit", unit);
        data.put("better", lowerIsBetter ? "lower" : "higher");
        data.put("start", startMillis);
        data.put("stop", stopMillis);
        data.put("group", group);
        data.put("groupTitle", group);
        return data;
    }

    static Allure3Metric of(Map<?, ?> data) {
        return new Allure3Metric(
                Json.text(data.get("key")),
                Json.text(data.get("title")),
                Json.number(data.get("value")).doubleValue(),
                Json.text(data.get("unit")),
                Json.text(data.get("better")).equals("lower"),
                Json.number(data.get("start")).longValue(),
                Json.number(data.get("stop")).longValue(),
                Json.text(data.get("group")));
    }

    /**
     * A row of the verdict and the bounds that it was judged by. Of throughput that the plan fixes, and of other rules
     * without two bounds, there is none.
     */
    record Judged(Verdict.Row row, Verdict.Bounds bounds) {

        private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");
        private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}]+(?: [\\p{L}\\p{N}]+)*");

        static List<Judged> of(Verdict verdict) {
            List<Judged> judged = new ArrayList<>();
            for (Verdict.Row row : verdict.rows()) {
                Verdict.Bounds bounds = row.judgedBy();
                if (bounds != null) {
                    judged.add(new Judged(row, bounds));
                }
            }
            return judged;
        }

        /** No other row of the verdict has it. */
        String key() {
            String words =
                    SEPARATORS.matcher(row.label().toLowerCase(Locale.ROOT)).replaceAll("_");
            if (row.subject() instanceof Subject.Rule) {
                return "rule_" + words;
            }
            // Names of gauges may differ in what becomes a "_" here.
            return "judged_" + words
                    + row.metric()
                            .filter(Metric.GaugeValue.class::isInstance)
                            .map(metric -> ((Metric.GaugeValue) metric).name())
                            .filter(name -> !PLAIN.matcher(name).matches())
                            .map(name -> "_" + hash(name))
                            .orElse("");
        }

        private static String hash(String name) {
            return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                    .toString()
                    .substring(0, 6);
        }
    }

    private record Making(LoadResult result, String name, List<Allure3Metric> figures) {

        void times(String key, Distribution times) {
            for (int percentile : new int[] {50, 95, 99}) {
                add(
                        key + "_p" + percentile + "_ms",
                        key + " time p" + percentile,
                        times.percentileNanos(percentile) / 1e6,
                        "ms",
                        true);
            }
            add(key + "_max_ms", key + " time max", times.percentileNanos(100) / 1e6, "ms", true);
            add(key + "_mean_ms", key + " time mean", times.meanNanos() / 1e6, "ms", true);
        }

        void add(String key, String title, double value, String unit, boolean lowerIsBetter) {
            if (Double.isFinite(value)) {
                long start = result.startedAt().toEpochMilli();
                figures.add(new Allure3Metric(
                        name + "." + key,
                        Text.line(title, 120),
                        value,
                        unit,
                        lowerIsBetter,
                        start,
                        start + result.elapsed().toMillis(),
                        Text.line(result.scenario().name(), 200)));
            }
        }
    }
}
