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
 * Says whether a load generator at fault may have caused what failed. A late or halting generator spoils times, and what
 * comes of operations in a bunch; it makes no operation throw, and no heap grow. An operation that took too long is excused
 * by a halt alone: its time-out counts from its own start.
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
        if (row.band() == Band.NO_DATA) {
            return row.metric().filter(this::lacksSuccesses).isPresent() && own() == 0;
        }
        if (row.subject() == Subject.Rule.HEAP_GROWTH) {
            return false;
        }
        if (row.subject() == Subject.Rule.EARLY_STOP) {
            return stall || !result.generator().faults().isEmpty();
        }
        if (row.metric().filter(Metric.SuccessRate.class::isInstance).isPresent()) {
            return !missedAlone(failed);
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

    private boolean lacksSuccesses(Metric metric) {
        return metric instanceof Metric.Time && result.ended() > 0 && result.succeeded() == 0;
    }

    /** Whether the target's own failures would have missed the bound without any other. */
    private boolean missedAlone(Judgement failed) {
        double percent = 100.0 * (result.ended() - own()) / result.ended();
        return failed.band(percent).compareTo(result.scenario().failOn()) >= 0;
    }

    /** How many operations failed by what no generator can cause. */
    private long own() {
        return stall ? result.failed() - timeouts() : result.failed();
    }

    private long timeouts() {
        return result.failures().stream()
                .filter(group -> group.type().endsWith("TimeoutException"))
                .mapToLong(FailureGroup::count)
                .sum();
    }
}
