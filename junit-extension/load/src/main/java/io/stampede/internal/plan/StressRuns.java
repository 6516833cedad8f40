package io.stampede.internal.plan;

import io.stampede.result.Breach;
import io.stampede.result.BreakingPoint.Runs;
import io.stampede.result.PhaseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The steps of a stress test by their size. A step that was cut off says nothing and is left out. */
final class StressRuns {

    /** What came of each run of a size, in order. */
    private final NavigableMap<Long, List<Optional<Breach>>> sizes = new TreeMap<>();

    StressRuns(List<PhaseResult> steps) {
        for (PhaseResult step : steps) {
            if (step.outcomes().ended() == step.planned()) {
                sizes.computeIfAbsent(step.planned(), size -> new ArrayList<>())
                        .add(Optional.ofNullable(step.breach()));
            }
        }
    }

    /** Those of a size; none where it was not run. */
    Runs of(long size) {
        return runs(sizes.getOrDefault(size, List.of()));
    }

    private static Runs runs(List<Optional<Breach>> outcomes) {
        int held = (int) outcomes.stream().filter(Optional::isEmpty).count();
        return new Runs(held, outcomes.size() - held);
    }

    private static boolean held(List<Optional<Breach>> outcomes) {
        Runs runs = runs(outcomes);
        return runs.held() == runs.broke() ? outcomes.get(0).isEmpty() : runs.held() > runs.broke();
    }

    /** 0 where none broke. */
    long smallestThatBroke() {
        return sizes.entrySet().stream()
                .filter(size -> !held(size.getValue()))
                .mapToLong(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    /** With none below it that broke; 0 where there is none. */
    long largestThatHeld() {
        long bad = smallestThatBroke();
        Long good = bad == 0 ? sizes.floorKey(Long.MAX_VALUE) : sizes.lowerKey(bad);
        return good == null ? 0 : good;
    }

    /** In none of its runs, and not above a size; 0 where there is none. */
    long largestThatNeverBroke(long most) {
        return sizes.headMap(most, true).descendingMap().entrySet().stream()
                .filter(size -> runs(size.getValue()).broke() == 0)
                .mapToLong(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    /** In none of its runs, and not below a size; 0 where there is none. */
    long smallestThatNeverHeld(long least) {
        return sizes.tailMap(least, true).entrySet().stream()
                .filter(size -> runs(size.getValue()).held() == 0)
                .mapToLong(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    /**
     * Why a size broke: late starts where most of its runs that broke did by these alone; the first of the breaches of
     * that sort. Empty where none broke.
     */
    Optional<Breach> breach(long size) {
        List<Breach> breaches = sizes.getOrDefault(size, List.of()).stream()
                .flatMap(Optional::stream)
                .toList();
        long late = breaches.stream().filter(Breach::lateStarts).count();
        boolean lateStarts = late * 2 > breaches.size();
        return breaches.stream().filter(one -> one.lateStarts() == lateStarts).findFirst();
    }
}
