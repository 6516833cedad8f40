package io.stampede.internal.verdict;

import io.stampede.metric.Band;
import io.stampede.result.FailureGroup;
import io.stampede.result.LoadResult;
import io.stampede.targets.Target;
import io.stampede.verdict.Verdict.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Says whether a load generator beyond its limits may have caused what failed. A late or halting generator spoils times,
 * and what comes of operations in a bunch; it makes no operation throw, and no heap grow.
 */
final class Excuse {

    private final LoadResult result;
    private final boolean stall;

    /** @param stall whether the target's own times are spoilt too, and not alone those that include waiting */
    Excuse(LoadResult result, boolean stall) {
        this.result = result;
        this.stall = stall;
    }

    boolean covers(Judgement failed) {
        Row row = failed.row();
        if (row.band() == Band.NO_DATA || row.metric().equals(HeapGrowth.METRIC)) {
            return false;
        }
        if (row.metric().equals(Judge.EARLY_STOP)) {
            return stall;
        }
        if (row.metric().toLowerCase(Locale.ROOT).equals("success rate")) {
            return onlyTimeouts();
        }
        return stall || targets(row.metric()).stream().allMatch(this::includesWaiting);
    }

    private List<Target> targets(String label) {
        List<Target> judged = new ArrayList<>(result.scenario().targets().rows());
        judged.addAll(KindJudge.responseTimeTargets(result));
        return judged.stream()
                .filter(target -> target.metric().label().equals(label))
                .toList();
    }

    // Late starts alone do not excuse a response time where the target itself took that long.
    private boolean includesWaiting(Target target) {
        return switch (target.metric().measure()) {
            case "service time" -> false;
            case "response time" -> {
                Band service = target.band(
                        result.serviceTime().statisticNanos(target.metric().statistic()));
                yield service.compareTo(result.scenario().failOn()) < 0;
            }
            default -> true;
        };
    }

    private boolean onlyTimeouts() {
        long timeouts = result.failures().stream()
                .filter(group -> group.type().endsWith("TimeoutException"))
                .mapToLong(FailureGroup::count)
                .sum();
        return timeouts == result.failed();
    }
}
