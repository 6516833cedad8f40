package io.stampede.internal.verdict;

import io.stampede.metric.Metric;
import io.stampede.result.BreakingPoint;
import io.stampede.result.Distribution;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.scenario.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * The measured values that targets speak of. Of a stress test these are its growing steps up to the capacity, each once:
 * that a step which broke is bad says nothing, and the steps of the search crowd at the border, so that the figures would
 * depend on how long it took. Where no growing step was good, the good ones of the search count, each size once; where
 * none was, all do.
 */
final class Figures {

    private final LoadResult result;
    private final List<PhaseResult> goodSteps;

    Figures(LoadResult result) {
        this.result = result;
        this.goodSteps = goodSteps(result);
    }

    private static List<PhaseResult> goodSteps(LoadResult result) {
        BreakingPoint point = result.breakingPoint();
        if (point == null) {
            return List.of();
        }
        Set<Long> growing = result.scenario().phases().stream()
                .map(phase -> phase.workload().operations())
                .collect(Collectors.toSet());
        List<PhaseResult> good = goodSteps(result, size -> size <= point.capacity() && growing.contains(size));
        if (good.isEmpty()) {
            good = goodSteps(result, size -> size <= point.capacity());
        }
        return good.size() == result.phases().size() ? List.of() : good;
    }

    /** The first good run of each size. */
    private static List<PhaseResult> goodSteps(LoadResult result, LongPredicate sizes) {
        Map<Long, PhaseResult> good = new TreeMap<>();
        result.phases().stream()
                .filter(step -> sizes.test(step.planned()))
                .filter(step -> StressLimits.breach(result.scenario(), step).isEmpty())
                .forEach(step -> good.putIfAbsent(step.planned(), step));
        return List.copyOf(good.values());
    }

    /** The value in the unit of the metric's bounds; NaN where there is none. */
    double value(Metric metric) {
        return switch (metric.measure()) {
            case "response time" -> responseTime().statisticNanos(metric.statistic());
            case "service time" -> serviceTime().statisticNanos(metric.statistic());
            case "lag" -> result.lag().statisticNanos(metric.statistic());
            case "throughput" -> throughput();
            case "success rate" -> successRate();
            default ->
                result.gauge(metric.measure())
                        .map(gauge -> gauge(gauge, metric.statistic()))
                        .orElse(Double.NaN);
        };
    }

    /** What to know of the value: why there is none, or what part of the run it is of. */
    String note(Metric metric, double value) {
        boolean time = metric.measure().endsWith(" time") || metric.measure().equals("lag");
        boolean known = time
                || metric.measure().equals("throughput")
                || metric.measure().equals("success rate");
        if (Double.isNaN(value)) {
            if (result.ended() == 0) {
                return "no operation ended";
            }
            if (metric.measure().equals("throughput")) {
                return "no time passed";
            }
            return known ? "no operation succeeded" : gaugeNote(metric.measure());
        }
        if (!goodSteps.isEmpty() && known && !metric.measure().equals("lag")) {
            return String.format(
                    Locale.ROOT,
                    "steps up to %,d",
                    goodSteps.get(goodSteps.size() - 1).planned());
        }
        return !known && metric.statistic().isEmpty() && afterRecovery() ? "after recovery" : "";
    }

    private String gaugeNote(String name) {
        return result.gauge(name)
                .map(gauge -> gauge.lastError() != null
                        ? "could not be read: " + gauge.lastError()
                        : gauge.samples() == 0 ? "gave no value" : "not read after recovery")
                .orElse("there is no gauge of that name");
    }

    Distribution responseTime() {
        return goodSteps.isEmpty()
                ? result.responseTime()
                : goodSteps.stream().map(PhaseResult::responseTime).reduce(Distribution.EMPTY, Distribution::plus);
    }

    private Distribution serviceTime() {
        return goodSteps.isEmpty()
                ? result.serviceTime()
                : goodSteps.stream().map(PhaseResult::serviceTime).reduce(Distribution.EMPTY, Distribution::plus);
    }

    private double throughput() {
        if (goodSteps.isEmpty()) {
            return result.throughput();
        }
        double seconds = goodSteps.stream()
                .mapToDouble(step -> step.elapsed().toNanos() / 1e9)
                .sum();
        long ended = goodSteps.stream()
                .mapToLong(step -> step.succeeded() + step.failed())
                .sum();
        return seconds == 0 ? Double.NaN : ended / seconds;
    }

    private double successRate() {
        if (goodSteps.isEmpty()) {
            return result.successRate();
        }
        long succeeded = goodSteps.stream().mapToLong(PhaseResult::succeeded).sum();
        long failed = goodSteps.stream().mapToLong(PhaseResult::failed).sum();
        return succeeded + failed == 0 ? Double.NaN : 100.0 * succeeded / (succeeded + failed);
    }

    private boolean afterRecovery() {
        return result.scenario().kind() instanceof Kind.Spike
                || result.scenario().kind() instanceof Kind.Stress;
    }

    private double gauge(GaugeSeries gauge, String statistic) {
        if (gauge.samples() == 0) {
            return Double.NaN;
        }
        return switch (statistic) {
            case "" -> afterRecovery() ? gauge.afterRecovery() : gauge.max();
            case "max" -> goodSteps.isEmpty() ? gauge.max() : goodMax(gauge);
            case "mean" -> gauge.mean();
            case "last" -> gauge.last();
            default -> percentile(gauge, percent(statistic));
        };
    }

    private double goodMax(GaugeSeries gauge) {
        return goodSteps.stream()
                .map(step -> peak(step, gauge.name()))
                .filter(peak -> !Double.isNaN(peak))
                .max(Double::compare)
                .orElse(gauge.max());
    }

    /** The highest value of a gauge in a phase; NaN where there is none. */
    static double peak(PhaseResult phase, String gauge) {
        return phase.gaugeMax().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(gauge))
                .mapToDouble(Map.Entry::getValue)
                .max()
                .orElse(Double.NaN);
    }

    // Of the points that were kept, each the highest of its stretch: never better than the truth for an upper bound.
    private static double percentile(GaugeSeries gauge, double percent) {
        double[] values = gauge.points().stream()
                .mapToDouble(GaugeSeries.Point::value)
                .sorted()
                .toArray();
        return values.length == 0
                ? Double.NaN
                : values[Math.max(0, (int) Math.ceil(percent / 100 * values.length - 1e-9) - 1)];
    }

    private static double percent(String statistic) {
        if (!statistic.startsWith("p")) {
            throw new IllegalArgumentException(
                    "statistic must be p50, p95 and the like, max, mean or last, but was \"" + statistic + "\"");
        }
        return Double.parseDouble(statistic.substring(1));
    }
}
