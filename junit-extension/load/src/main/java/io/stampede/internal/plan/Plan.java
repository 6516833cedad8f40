package io.stampede.internal.plan;

import io.stampede.result.Breach;
import io.stampede.result.BreakingPoint;
import io.stampede.result.PhaseResult;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives the next phase from the results so far. Used by one thread. */
public interface Plan {

    /**
     * What to run next.
     *
     * @param soFar results of the phases that were run, in order
     * @return null where the run is at its end
     */
    @Nullable
    Phase next(List<PhaseResult> soFar);

    /** The result of a phase with what the plan makes of it: whether a step broke is decided here, once. */
    default PhaseResult judged(PhaseResult result) {
        return result;
    }

    /** How long to wait after a phase for backlogs to go; zero for not at all. */
    default java.time.Duration settle() {
        return java.time.Duration.ZERO;
    }

    /** Where a stress test ended; null for all others. */
    default @Nullable BreakingPoint breakingPoint(List<PhaseResult> results) {
        return null;
    }

    /**
     * The plan of a scenario.
     *
     * @param breach says why a step of a stress test broke the target; empty if it did not
     */
    static Plan of(Scenario scenario, Function<PhaseResult, Optional<Breach>> breach) {
        return scenario.kind()
                .search()
                .<Plan>map(stress -> new StressPlan(stress, scenario.phases(), breach))
                .orElseGet(() -> new FixedPlan(scenario.phases()));
    }
}
