package io.stampede.internal.plan;

import io.stampede.result.Breach;
import io.stampede.result.BreakingPoint;
import io.stampede.result.PhaseResult;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Growing steps until one breaks, then a search for the border: steps half way between the largest that held and the
 * smallest that broke, until they are as close as the resolution asks; then these two again, in turn, until each has
 * run {@value Kind.Stress#BORDER_RUNS} times.
 *
 * <p>Most of the runs of a size decide whether it holds; where as many held as broke, the first does. So a repeated
 * step can move the border, and then the search goes on from there: below, where a step that had held breaks; above,
 * with the growing steps that are left, where one that had broken holds. Each step follows from all results so far, so
 * there is no other state, and each size is run at most {@value Kind.Stress#BORDER_RUNS} times. A target that never
 * gives the same answer twice is left after {@value Kind.Stress#MAX_SEARCH_STEPS} steps beside the growing ones.
 */
final class StressPlan implements Plan {

    private final Kind.Stress stress;
    private final List<Phase> growing;
    private final Function<PhaseResult, Optional<Breach>> breach;

    StressPlan(Kind.Stress stress, List<Phase> growing, Function<PhaseResult, Optional<Breach>> breach) {
        this.stress = stress;
        this.growing = growing;
        this.breach = breach;
    }

    @Override
    public @Nullable Phase next(List<PhaseResult> soFar) {
        StressRuns runs = new StressRuns(soFar);
        long grown =
                growing.stream().filter(step -> runs.of(size(step)).all() > 0).count();
        if (soFar.size() - grown >= Kind.Stress.MAX_SEARCH_STEPS) {
            return null;
        }
        long bad = runs.smallestThatBroke();
        if (bad == 0) {
            return growing.stream()
                    .filter(step -> runs.of(size(step)).all() == 0)
                    .findFirst()
                    .orElse(null);
        }
        long good = runs.largestThatHeld();
        return stress.narrow(good, bad) ? repeated(runs, good, bad) : step(good + (bad - good) / 2, 1);
    }

    private static long size(Phase step) {
        return step.workload().operations();
    }

    /** In turn, so that a target that slowly gets better or worse does so for both. */
    private static @Nullable Phase repeated(StressRuns runs, long good, long bad) {
        int goodRuns = good == 0 ? Kind.Stress.BORDER_RUNS : runs.of(good).all();
        int badRuns = runs.of(bad).all();
        if (Math.min(goodRuns, badRuns) >= Kind.Stress.BORDER_RUNS) {
            return null;
        }
        return goodRuns <= badRuns ? step(good, goodRuns + 1) : step(bad, badRuns + 1);
    }

    private static Phase step(long size, int run) {
        Workload burst = Workload.burst(size);
        return new Phase(burst.describe() + (run == 1 ? "" : " #" + run), burst);
    }

    @Override
    public PhaseResult judged(PhaseResult step) {
        return step.withBreach(breach.apply(step).orElse(null));
    }

    @Override
    public Duration settle() {
        return stress.settle();
    }

    @Override
    public BreakingPoint breakingPoint(List<PhaseResult> results) {
        StressRuns runs = new StressRuns(results);
        long capacity = runs.largestThatHeld();
        long broke = runs.smallestThatBroke();
        Optional<Breach> why = runs.breach(broke);
        return new BreakingPoint(
                capacity,
                broke,
                why.map(Breach::reason).orElseGet(() -> String.format(Locale.ROOT, "not reached up to %,d", capacity)),
                runs.largestThatNeverBroke(capacity),
                broke == 0 ? 0 : runs.smallestThatNeverHeld(broke),
                runs.of(capacity),
                runs.of(broke),
                why.map(Breach::lateStarts).orElse(false));
    }
}
