package io.stampede.internal.verdict;

import io.stampede.metric.Clock;
import io.stampede.metric.Metric;
import io.stampede.metric.Statistic;
import io.stampede.result.BreakingPoint;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.result.Outcomes;
import io.stampede.result.PhaseResult;
import io.stampede.targets.Target;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * The measured values that targets speak of. Of a stress test these are its growing steps up to the capacity, each once:
 * that a step which broke is bad says nothing, and the steps of the search crowd at the border, so that the figures would
 * depend on how long it took. If no growing step was good, the good ones of the search count, each size once; if none
 * was, all do.
 */
final class JudgedFigures {

    private final LoadResult result;
    private final List<PhaseResult> goodSteps;
    private final Outcomes outcomes;
    private final Duration time;

    JudgedFigures(LoadResult result) {
        this.result = result;
        this.goodSteps = goodSteps(result);
        this.outcomes = goodSteps.isEmpty()
                ? result.outcomes()
                : goodSteps.stream().map(PhaseResult::outcomes).reduce(Outcomes.NONE, Outcomes::plus);
        this.time = goodSteps.isEmpty()
                ? result.elapsed()
                : goodSteps.stream().map(PhaseResult::elapsed).reduce(Duration.ZERO, Duration::plus);
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
                .filter(step -> !step.broke())
                .forEach(step -> good.putIfAbsent(step.planned(), step));
        return List.copyOf(good.values());
    }

    /** The value that a row judges, in the unit of its bounds; NaN if there is none. */
    double value(Target target) {
        return target.metric() instanceof Metric.GaugeValue value
                        && value.statistic() == Statistic.OWN
                        && !target.target().upper()
                        && !afterRecovery()
                ? value(new Metric.GaugeValue(value.name(), Statistic.MIN, value.unit()))
                : value(target.metric());
    }

    /** The value in the unit of the metric's bounds; NaN if there is none. */
    double value(Metric metric) {
        if (isOfSteps(metric)) {
            return outcomes.value((Metric.OfOperations) metric, time);
        }
        return metric instanceof Metric.GaugeValue value
                ? result.gauge(value.name())
                        .map(gauge -> gauge(gauge, value.statistic()))
                        .orElse(Double.NaN)
                : result.value(metric);
    }

    /** Whether it is told by the good steps of a stress test alone; lag is known of the whole run only. */
    private static boolean isOfSteps(Metric metric) {
        return metric instanceof Metric.OfOperations
                && !(metric instanceof Metric.Time times && times.clock() == Clock.LAG);
    }

    private double gauge(GaugeSeries gauge, Statistic statistic) {
        if (gauge.samples() == 0) {
            return Double.NaN;
        }
        if (statistic == Statistic.OWN && afterRecovery()) {
            return gauge.afterRecovery();
        }
        return statistic == Statistic.MAX && !goodSteps.isEmpty() ? goodMax(gauge) : gauge.value(statistic);
    }

    private double goodMax(GaugeSeries gauge) {
        Metric peak = new Metric.GaugeValue(gauge.name(), Statistic.MAX, gauge.unit());
        return goodSteps.stream()
                .map(step -> step.value(peak))
                .filter(value -> !Double.isNaN(value))
                .max(Double::compare)
                .orElse(gauge.max());
    }

    /** What to know of the value: why there is none, or what part of the run it is of. */
    String note(Metric metric, double value) {
        if (Double.isNaN(value)) {
            if (result.ended() == 0) {
                return "no operation ended";
            }
            if (metric instanceof Metric.GaugeValue gauge) {
                return gaugeNote(gauge.name());
            }
            return metric instanceof Metric.Throughput ? "no time passed" : "no operation succeeded";
        }
        if (!goodSteps.isEmpty() && isOfSteps(metric)) {
            return String.format(
                    Locale.ROOT,
                    "steps up to %,d",
                    goodSteps.get(goodSteps.size() - 1).planned());
        }
        if (!(metric instanceof Metric.GaugeValue gauge)) {
            return "";
        }
        String failures = result.gauge(gauge.name())
                .flatMap(read -> read.reads().failures())
                .orElse("");
        String recovery = gauge.statistic() == Statistic.OWN && afterRecovery() ? "after recovery" : "";
        return recovery + (recovery.isEmpty() || failures.isEmpty() ? "" : "; ") + failures;
    }

    /** Why the values of a judged gauge do not say whether it kept its target; empty if they do, or for other metrics. */
    Optional<String> fault(Metric metric) {
        return metric instanceof Metric.GaugeValue gauge
                ? result.gauge(gauge.name()).flatMap(read -> read.reads().fault())
                : Optional.empty();
    }

    private String gaugeNote(String name) {
        return result.gauge(name)
                .map(gauge -> gauge.reads()
                        .fault()
                        .or(gauge.reads()::failures)
                        .orElse(gauge.samples() == 0 ? "gave no value" : "not read after recovery"))
                .orElse("there is no gauge of that name");
    }

    private boolean afterRecovery() {
        return result.scenario().kind().judgesGaugesAfterwards();
    }
}
