package io.stampede.internal.verdict;

import io.stampede.metric.Band;
import io.stampede.metric.Clock;
import io.stampede.metric.Metric;
import io.stampede.result.FailureGroup;
import io.stampede.result.LoadResult;
import io.stampede.targets.Target;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict.Row;

/**
 * Says whether a load generator beyond its limits may have caused what failed. A late or halting generator spoils times,
 * and what comes of operations in a bunch; it makes no operation throw, and no heap grow.
 */
final class GeneratorExcuse {

    private final LoadResult result;
    private final boolean stall;

    /** @param stall whether the target's own times are spoilt too, and not alone those that include waiting */
    GeneratorExcuse(LoadResult result, boolean stall) {
        this.result = result;
        this.stall = stall;
    }

    boolean covers(Judgement failed) {
        Row row = failed.row();
        if (row.band() == Band.NO_DATA || row.subject() == Subject.Rule.HEAP_GROWTH) {
            return false;
        }
        if (row.subject() == Subject.Rule.EARLY_STOP) {
            return stall;
        }
        if (row.metric().filter(Metric.SuccessRate.class::isInstance).isPresent()) {
            return onlyTimeouts();
        }
        return stall || row.metric().map(this::includesWaiting).orElse(true);
    }

    // Late starts alone do not excuse a response time if the target itself took that long.
    private boolean includesWaiting(Metric metric) {
        if (!(metric instanceof Metric.Time time)) {
            return true;
        }
        return switch (time.clock()) {
            case SERVICE -> false;
            case RESPONSE ->
                KindJudge.timeTargets(result.scenario()).stream()
                        .filter(target -> target.metric().equals(time))
                        .allMatch(target -> serviceTimeIsGood(target, time));
            case LAG -> true;
        };
    }

    private boolean serviceTimeIsGood(Target target, Metric.Time time) {
        Band service = target.band(result.value(time.on(Clock.SERVICE)));
        return service.compareTo(result.scenario().failOn()) < 0;
    }

    private boolean onlyTimeouts() {
        long timeouts = result.failures().stream()
                .filter(group -> group.type().endsWith("TimeoutException"))
                .mapToLong(FailureGroup::count)
                .sum();
        return timeouts == result.failed();
    }
}
