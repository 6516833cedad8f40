package io.stampede.internal.verdict;

import io.stampede.metric.Band;
import io.stampede.metric.Clock;
import io.stampede.metric.Metric;
import io.stampede.metric.Unit;
import io.stampede.result.BreakingPoint;
import io.stampede.result.LoadResult;
import io.stampede.targets.Target;
import io.stampede.verdict.Subject;
import java.util.HashSet;
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

    /** What to say if late starts explain everything that failed; empty if the target has its part in it. */
    static Optional<String> explain(LoadResult result, List<Judgement> failed) {
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        if (result.scenario().kind().search().isPresent()) {
            return stress(result, failed);
        }
        List<Metric.Time> late = KindJudge.timeTargets(result.scenario()).stream()
                .filter(target -> isLate(result, target))
                .map(target -> (Metric.Time) target.metric())
                .toList();
        Set<Subject> explained =
                late.stream().map(Subject.OfMetric::new).collect(Collectors.toCollection(HashSet::new));
        explained.add(Subject.Rule.FIRST_BREACH); // is critical only together with one of them
        if (late.isEmpty() || !all(failed, explained)) {
            return Optional.empty();
        }
        Metric.Time first = late.get(0);
        return Optional.of(String.format(
                Locale.ROOT,
                "operations started late: %s was %s, %s %s; the machine was too busy, or this JVM stood still",
                first.on(Clock.LAG).label(),
                Unit.NANOS.format(result.value(first.on(Clock.LAG))),
                first.on(Clock.SERVICE).label(),
                Unit.NANOS.format(result.value(first.on(Clock.SERVICE)))));
    }

    private static boolean all(List<Judgement> failed, Set<Subject> explained) {
        return failed.stream()
                .allMatch(judgement -> explained.contains(judgement.row().subject()));
    }

    private static Optional<String> stress(LoadResult result, List<Judgement> failed) {
        BreakingPoint point = result.breakingPoint();
        if (point == null || !point.generatorLimited()) {
            return Optional.empty();
        }
        JudgedFigures figures = new JudgedFigures(result);
        Set<Subject> explained = new HashSet<>();
        explained.add(Subject.Rule.CAPACITY);
        for (Target target : result.scenario().targets().rows()) {
            if (target.metric() instanceof Metric.Time time
                    && time.clock() == Clock.RESPONSE
                    && target.band(figures.value(time.on(Clock.SERVICE)))
                                    .compareTo(result.scenario().failOn())
                            < 0) {
                explained.add(new Subject.OfMetric(time));
            }
        }
        return all(failed, explained)
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "it was the limit at %,d at once, not the target: %s",
                        point.broke(),
                        point.reason()))
                : Optional.empty();
    }

    private static boolean isLate(LoadResult result, Target target) {
        return target.metric() instanceof Metric.Time time
                && time.clock() == Clock.RESPONSE
                && result.succeeded() > 0
                && target.band(result.value(time)) == Band.CRITICAL
                && target.band(result.value(time.on(Clock.LAG))) != Band.TARGET
                && target.band(result.value(time.on(Clock.SERVICE))) != Band.CRITICAL;
    }
}
