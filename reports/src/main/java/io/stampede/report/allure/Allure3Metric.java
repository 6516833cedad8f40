package io.stampede.report.allure;

import io.stampede.metric.Bound;
import io.stampede.report.text.DisplayUnit;
import io.stampede.report.text.Text;
import io.stampede.result.Distribution;
import io.stampede.result.LoadResult;
import io.stampede.targets.Target;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
     * All of a load test: the same of each kind, and what its targets speak of, as it was judged. None of an invalid one,
     * whose figures say nothing of the target and must not be what later runs are compared with.
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
        for (Judged judged : judged(result, verdict)) {
            Bound bound = judged.target().target();
            DisplayUnit unit = DisplayUnit.of(bound.unit());
            making.add(
                    judged.key(),
                    judged.row().label() + " (judged)",
                    unit.inUnit(judged.row().value()),
                    unit.label(),
                    bound.upper());
        }
        return figures;
    }

    /** A row of the verdict and the target that it comes from. */
    record Judged(Verdict.Row row, Target target) {
        String key() {
            return "judged_" + row.label().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_");
        }
    }

    /** Those that the table judges; of throughput that the plan fixes, a rule judges what was delivered. */
    static List<Judged> judged(LoadResult result, Verdict verdict) {
        List<Judged> judged = new ArrayList<>();
        for (Target target : result.scenario().targets().rows()) {
            verdict.row(new Subject.OfMetric(target.metric())).ifPresent(row -> judged.add(new Judged(row, target)));
        }
        return judged;
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
