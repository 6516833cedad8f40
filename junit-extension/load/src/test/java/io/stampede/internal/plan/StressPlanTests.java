package io.stampede.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.result.Breach;
import io.stampede.result.BreakingPoint;
import io.stampede.result.BreakingPoint.Runs;
import io.stampede.result.Distribution;
import io.stampede.result.Outcomes;
import io.stampede.result.PhaseResult;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StressPlanTests {

    @Test
    void growsThenBisectsThenRepeatsTheBorderInTurn() {
        Search search = new Search(stress(100, 2000, 100, 0.05)).breaksFrom(612);

        assertThat(search.run())
                .containsExactly(
                        100L, 200L, 300L, 400L, 500L, 600L, 700L, 650L, 625L, // growing, then 31 at most
                        600L, 625L, 600L, 625L);
        assertThat(search.names())
                .endsWith("625 at once", "600 at once #2", "625 at once #2", "600 at once #3", "625 at once #3");
        assertThat(search.point())
                .isEqualTo(new BreakingPoint(600, 625, "too slow", 600, 625, new Runs(3, 0), new Runs(0, 3), false));
    }

    @Test
    void waitsAfterEachStepAsTheScenarioAsks() {
        assertThat(new StressPlan(stress(1, 2, 1, 0.05), List.of(), step -> Optional.empty()).settle())
                .isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void stopsAtTheLastPlannedStepWhereNothingBreaks() {
        Search search = new Search(stress(100, 300, 100, 0.05)).breaksFrom(1000);

        assertThat(search.run()).containsExactly(100L, 200L, 300L);
        assertThat(search.point())
                .isEqualTo(
                        new BreakingPoint(300, 0, "not reached up to 300", 300, 0, new Runs(1, 0), Runs.NONE, false));
        assertThat(search.point().reached()).isFalse();
    }

    @Test
    void searchesBelowTheFirstStepWhereThatBreaks() {
        Search search = new Search(stress(100, 200, 100, 0.05)).breaksFrom(20);

        assertThat(search.run()).containsExactly(100L, 50L, 25L, 12L, 18L, 21L, 19L, 20L, 19L, 20L, 19L, 20L);
        assertThat(search.point().capacity()).isEqualTo(19);
        assertThat(search.point().broke()).isEqualTo(20);
    }

    @Test
    void goesDownToASingleOperationWhereEverythingBreaks() {
        Search search = new Search(stress(100, 200, 100, 0.05)).breaksFrom(1);

        assertThat(search.run()).containsExactly(100L, 50L, 25L, 12L, 6L, 3L, 1L, 1L, 1L);
        assertThat(search.point())
                .isEqualTo(new BreakingPoint(0, 1, "too slow", 0, 1, Runs.NONE, new Runs(0, 3), false));
    }

    @Test
    void onlyRepeatsTheBorderWhereTheGrowingStepsAreFineEnough() {
        assertThat(new Search(stress(10, 50, 10, 1)).breaksFrom(25).run())
                .containsExactly(10L, 20L, 30L, 20L, 30L, 20L, 30L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.1, 0.01, 0.001, 3})
    void findsTheBorderAtAnyScale(double scale) {
        Kind.Stress scaled = stress(100, 2000, 100, 0.05).scaled(scale);
        long limit = Math.max(1, Math.round(1234 * scale));
        Search search = new Search(scaled).breaksFrom(limit);

        search.run();

        BreakingPoint point = search.point();
        assertThat(point.capacity()).isLessThan(limit);
        assertThat(point.broke()).isGreaterThanOrEqualTo(limit);
        assertThat(point.broke() - point.capacity()).isLessThanOrEqualTo(Math.max(1, point.broke() / 20));
    }

    @Test
    void keepsAGoodBorderThatBreaksInOneRepeatAndWidensTheInterval() {
        Search search = new Search(stress(100, 1000, 100, 0.2)).breaksFrom(700).except(600, true, false, true);

        search.run();

        assertThat(search.point())
                .isEqualTo(new BreakingPoint(600, 700, "too slow", 500, 700, new Runs(2, 1), new Runs(0, 3), false));
        assertThat(search.point().noisy()).isTrue();
    }

    @Test
    void searchesFurtherDownWhereAGoodBorderBreaksInMostRuns() {
        Search search = new Search(stress(100, 1000, 100, 0.2)).breaksFrom(700).except(600, true, false, false);

        assertThat(search.run()).startsWith(100L, 200L, 300L, 400L, 500L, 600L, 700L, 600L, 700L, 600L, 500L);
        assertThat(search.point())
                .isEqualTo(new BreakingPoint(500, 600, "too slow", 500, 700, new Runs(3, 0), new Runs(1, 2), false));
    }

    @Test
    void keepsABadBorderThatHoldsInOneRepeatAndWidensTheInterval() {
        Search search = new Search(stress(100, 1000, 100, 0.05)).breaksFrom(650).except(650, false, true, false);

        search.run();

        assertThat(search.point())
                .isEqualTo(new BreakingPoint(625, 650, "too slow", 625, 700, new Runs(3, 0), new Runs(1, 2), false));
    }

    @Test
    void hasAnOpenIntervalWhereTheLargestStepHeldOnce() {
        Search search = new Search(stress(100, 1000, 100, 0.5)).breaksFrom(300).except(300, false, true, false);

        search.run();

        assertThat(search.point().high()).isZero();
        assertThat(search.point().interval()).isEqualTo("200 or more");
    }

    @Test
    void goesOnGrowingWhereTheStepThatBrokeHoldsInMostRuns() {
        Search search = new Search(stress(100, 1000, 100, 0.5)).breaksFrom(400).except(100, false, true, true);

        // 100 broke by chance, as a first step does.
        assertThat(search.run()).startsWith(100L, 50L, 50L, 100L, 50L, 100L, 200L, 300L, 400L);
        assertThat(search.point())
                .isEqualTo(new BreakingPoint(300, 400, "too slow", 300, 400, new Runs(3, 0), new Runs(0, 3), false));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 0.5, 0.7, 0.95})
    void endsEvenWhereTheTargetGivesAnyAnswer(double breaking) {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Kind.Stress stress = stress(1_000_000, 50_000_000, 1_000_000, 1e-9);
            Search search = new Search(stress).breaksWhere(size -> random.nextDouble() < breaking);

            List<Long> sizes = search.run();

            assertThat(sizes).hasSizeLessThanOrEqualTo(50 + Kind.Stress.MAX_SEARCH_STEPS);
            Map<Long, Integer> runs = new HashMap<>();
            sizes.forEach(size -> runs.merge(size, 1, Integer::sum));
            assertThat(runs.values()).allMatch(times -> times <= Kind.Stress.BORDER_RUNS);
            BreakingPoint point = search.point();
            assertThat(point.low()).isLessThanOrEqualTo(point.capacity());
            if (point.reached()) {
                assertThat(point.capacity()).isLessThan(point.broke());
                assertThat(point.high())
                        .satisfiesAnyOf(
                                high -> assertThat(high).isZero(),
                                high -> assertThat(high).isGreaterThanOrEqualTo(point.broke()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1000000, 0.000001, 1", "1000000, 0.000001, 999999", "1000, 0.05, 500", "1, 1, 1"})
    void needsFewStepsWhereTheTargetIsSteady(long from, double resolution, long limit) {
        Search search = new Search(stress(from, from, 1, resolution)).breaksFrom(limit);

        assertThat(search.run()).hasSizeLessThanOrEqualTo(1 + 20 + 4);
        assertThat(search.stress.narrow(
                        search.point().capacity(), search.point().broke()))
                .isTrue();
    }

    @Test
    void doesNotCountAStepThatWasCutOff() {
        Kind.Stress stress = stress(10, 50, 10, 0.05);
        StressPlan plan = new StressPlan(stress, growing(stress), step -> Optional.empty());

        BreakingPoint point = plan.breakingPoint(List.of(result("10", 10, 10), result("20", 20, 7)));

        assertThat(point.capacity()).isEqualTo(10);
        assertThat(point.reason()).isEqualTo("not reached up to 10");
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, false, true, late",
        "true, false, false, false, slow",
        "false, false, true, false, slow",
        "true, true, true, true, late"
    })
    void blamesTheGeneratorWhereLateStartsBrokeTheBadBorderInMostRuns(
            boolean first, boolean second, boolean third, boolean limited, String reason) {
        List<Boolean> late = new ArrayList<>(List.of(first, second, third));
        IdentityHashMap<PhaseResult, Breach> breaches = new IdentityHashMap<>();
        Search search = new Search(stress(10, 20, 10, 1)) {
            @Override
            Optional<Breach> breach(PhaseResult step) {
                return step.planned() < 20
                        ? Optional.empty()
                        : Optional.of(breaches.computeIfAbsent(step, s -> {
                            boolean here = late.remove(0);
                            return new Breach(here ? "late" : "slow", here);
                        }));
            }
        };

        search.run();

        assertThat(search.point().generatorLimited()).isEqualTo(limited);
        assertThat(search.point().reason()).isEqualTo(reason);
    }

    private static Kind.Stress stress(long from, long to, long step, double resolution) {
        return new Kind.Stress(from, to, step, Duration.ofMillis(5), 0, resolution, List.of());
    }

    private static List<Phase> growing(Kind.Stress stress) {
        List<Phase> phases = new ArrayList<>();
        for (long size = stress.from(); size <= stress.to(); size += stress.step()) {
            phases.add(new Phase(Workload.burst(size).describe(), Workload.burst(size)));
        }
        return phases;
    }

    private static PhaseResult result(String name, long planned, long succeeded) {
        return new PhaseResult(
                name,
                planned,
                new Outcomes(succeeded, 0, Distribution.EMPTY, Distribution.EMPTY),
                Duration.ZERO,
                Duration.ofSeconds(1),
                Map.of());
    }

    /** Runs a plan as the engine does, with a target that is an answer. */
    private static class Search {
        final Kind.Stress stress;
        private final List<PhaseResult> results = new ArrayList<>();
        private final IdentityHashMap<PhaseResult, Optional<Breach>> answers = new IdentityHashMap<>();
        private final Map<Long, List<Boolean>> exceptions = new HashMap<>();
        private LongPredicate breaks = size -> false;

        Search(Kind.Stress stress) {
            this.stress = stress;
        }

        Search breaksFrom(long limit) {
            return breaksWhere(size -> size >= limit);
        }

        Search breaksWhere(LongPredicate where) {
            breaks = where;
            return this;
        }

        /** Whether the first runs of a size hold. */
        Search except(long size, Boolean... held) {
            exceptions.put(size, new ArrayList<>(Arrays.asList(held)));
            return this;
        }

        Optional<Breach> breach(PhaseResult step) {
            return answers.computeIfAbsent(
                    step, s -> held(s.planned()) ? Optional.empty() : Optional.of(new Breach("too slow")));
        }

        private boolean held(long size) {
            List<Boolean> answers = exceptions.getOrDefault(size, List.of());
            return answers.isEmpty() ? !breaks.test(size) : answers.remove(0);
        }

        List<Long> run() {
            StressPlan plan = plan();
            for (@Nullable Phase next = plan.next(results); next != null; next = plan.next(results)) {
                long size = next.workload().operations();
                results.add(plan.judged(result(next.name(), size, size)));
            }
            return results.stream().map(PhaseResult::planned).toList();
        }

        List<String> names() {
            return results.stream().map(PhaseResult::name).toList();
        }

        private StressPlan plan() {
            return new StressPlan(stress, growing(stress), this::breach);
        }

        BreakingPoint point() {
            return plan().breakingPoint(results);
        }
    }
}
