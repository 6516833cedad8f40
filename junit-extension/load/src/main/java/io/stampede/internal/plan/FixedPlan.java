package io.stampede.internal.plan;

import io.stampede.result.PhaseResult;
import io.stampede.scenario.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One phase after the other, whatever happens. */
final class FixedPlan implements Plan {

    private final List<Phase> phases;
    private int next;

    FixedPlan(List<Phase> phases) {
        this.phases = phases;
    }

    @Override
    public @Nullable Phase next(List<PhaseResult> soFar) {
        return next < phases.size() ? phases.get(next++) : null;
    }
}
