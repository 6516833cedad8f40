package io.stampede.plan;

import io.stampede.result.BreakingPoint;
import io.stampede.result.PhaseResult;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Growing steps until one breaks the target. */
final class StressPlan implements Plan {

    private final Kind.Stress stress;
    private final List<Phase> steps;
    private final Function<PhaseResult, Optional<String>> breach;

    StressPlan(Kind.Stress stress, List<Phase> steps, Function<PhaseResult, Optional<String>> breach) {
        this.stress = stress;
        this.steps = steps;
        this.breach = breach;
    }

    @Override
    public @Nullable Phase next(List<PhaseResult> soFar) {
        if (soFar.size() >= steps.size()) {
            return null;
        }
        boolean broke =
                !soFar.isEmpty() && breach.apply(soFar.get(soFar.size() - 1)).isPresent();
        return broke ? null : steps.get(soFar.size());
    }

    @Override
    public Duration settle() {
        return stress.settle();
    }

    @Override
    public BreakingPoint breakingPoint(List<PhaseResult> results) {
        long capacity = 0;
        for (PhaseResult step : results) {
            Optional<String> reason = breach.apply(step);
            if (reason.isPresent()) {
                return new BreakingPoint(capacity, step.planned(), reason.get());
            }
            capacity = step.planned();
        }
        return new BreakingPoint(capacity, 0, String.format(java.util.Locale.ROOT, "not reached up to %,d", capacity));
    }
}
