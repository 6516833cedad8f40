package io.stampede.internal.verdict;

import io.stampede.internal.format.Times;
import io.stampede.metric.Band;
import io.stampede.metric.Metric;
import io.stampede.result.BreakingPoint;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Kind;
import io.stampede.targets.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells a slow target from operations that started late. A free thread always waits for the next operation, so a late
 * start is never the target's doing: the machine was too busy, or this JVM stood still. A response time is explained by
 * that where it is critical, the same statistic of the service time is not, and that of the lag alone misses the target.
 *
 * <p>Steps of a stress test have no lag of their own. There the step that broke tells: where late starts broke it, the
 * capacity that was missed and the response times of the good steps are explained by them, where service times were good.
 */
final class LateStarts {

    private LateStarts() {}

    /** What to say where late starts explain everything that failed; empty where the target has its part in it. */
    static Optional<String> explain(LoadResult result, List<Judgement> failed) {
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        if (result.scenario().kind() instanceof Kind.Stress) {
            return stress(result, failed);
        }
        List<Target> judged = new ArrayList<>(result.scenario().targets().rows());
        judged.addAll(KindJudge.responseTimeTargets(result));
        List<Target> late =
                judged.stream().filter(target -> isLate(result, target)).toList();
        Set<String> labels =
                late.stream().map(target -> target.metric().label()).collect(Collectors.toSet());
        labels.add(KindJudge.FIRST_BREACH); // is critical only together with one of them
        if (late.isEmpty()
                || !failed.stream()
                        .allMatch(judgement -> labels.contains(judgement.row().metric()))) {
            return Optional.empty();
        }
        Target first = late.get(0);
        String statistic = first.metric().statistic();
        return Optional.of(String.format(
                Locale.ROOT,
                "operations started late: lag %s was %s, service time %s %s; the machine was too busy, or this JVM stood"
                        + " still",
                statistic,
                Times.formatNanos(result.lag().statisticNanos(statistic)),
                statistic,
                Times.formatNanos(result.serviceTime().statisticNanos(statistic))));
    }

    private static Optional<String> stress(LoadResult result, List<Judgement> failed) {
        BreakingPoint point = result.breakingPoint();
        if (point == null || !point.generatorLimited()) {
            return Optional.empty();
        }
        Figures figures = new Figures(result);
        Set<String> labels = result.scenario().targets().rows().stream()
                .filter(target -> target.metric().measure().equals("response time"))
                .filter(target -> {
                    Metric service = new Metric("service time", target.metric().statistic(), "");
                    return target.band(figures.value(service))
                                    .compareTo(result.scenario().failOn())
                            < 0;
                })
                .map(target -> target.metric().label())
                .collect(Collectors.toSet());
        labels.add(KindJudge.CAPACITY);
        return failed.stream()
                        .allMatch(judgement -> labels.contains(judgement.row().metric()))
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "it was the limit at %,d at once, not the target: %s",
                        point.broke(),
                        point.reason()))
                : Optional.empty();
    }

    private static boolean isLate(LoadResult result, Target target) {
        if (!target.metric().measure().equals("response time") || result.succeeded() == 0) {
            return false;
        }
        String statistic = target.metric().statistic();
        return target.band(result.responseTime().statisticNanos(statistic)) == Band.CRITICAL
                && target.band(result.lag().statisticNanos(statistic)) != Band.TARGET
                && target.band(result.serviceTime().statisticNanos(statistic)) != Band.CRITICAL;
    }
}
