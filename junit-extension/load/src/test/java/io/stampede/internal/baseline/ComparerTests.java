package io.stampede.internal.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stampede.baseline.Comparison;
import io.stampede.baseline.Comparison.Change;
import io.stampede.baseline.Comparison.Decision;
import io.stampede.baseline.Comparison.State;
import io.stampede.baseline.Measure;
import io.stampede.baseline.Standing;
import io.stampede.internal.verdict.Results;
import io.stampede.result.BreakingPoint;
import io.stampede.result.Distribution;
import io.stampede.result.LoadResult;
import io.stampede.result.Outcomes;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparerTests {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Fingerprint HERE = new Fingerprint(Map.of("Java", "21", "plan", "100 at once"));

    private int hours;

    @Test
    void testsAsStudentDid() {
        // R: x <- log(c(100, 103, 98, 101, 99)); y <- log(112); n <- 5
        //    t <- (y - mean(x)) / (sd(x) * sqrt(1 + 1/n)); pt(t, n - 1, lower.tail = FALSE)
        double[] before = {Math.log(100), Math.log(103), Math.log(98), Math.log(101), Math.log(99)};

        ChangeEstimate test = ChangeEstimate.of(Math.log(112), Double.NaN, before, new double[] {Double.NaN});

        double mean = (before[0] + before[1] + before[2] + before[3] + before[4]) / 5;
        double squares = 0;
        for (double value : before) {
            squares += (value - mean) * (value - mean);
        }
        double t = (Math.log(112) - mean) / Math.sqrt(squares / 4 * 1.2);
        // Student's distribution with 4 degrees of freedom has this closed form.
        double u = t / Math.sqrt(4 + t * t);
        double upper = 0.5 - 0.75 * (u - u * u * u / 3);
        assertThat(test.chanceHigher()).isCloseTo(upper, within(1e-9));
        assertThat(test.chanceLower()).isCloseTo(1 - upper, within(1e-9));
        assertThat(test.change()).isCloseTo(Math.log(112) - mean, within(1e-12));
    }

    @Test
    void doesNotBelieveRunsToBeCloserThanEachIsKnown() {
        double[] alike = {0, 0.0001, -0.0001, 0.0001, 0};
        double[] noise = {0.0016, 0.0016, 0.0016, 0.0016, 0.0016};

        assertThat(ChangeEstimate.of(0.05, Double.NaN, alike, new double[] {Double.NaN})
                        .chanceHigher())
                .isLessThan(0.001);
        assertThat(ChangeEstimate.of(0.05, Double.NaN, alike, noise).chanceHigher())
                .isGreaterThan(0.1);
        assertThat(ChangeEstimate.of(0.05, 0.0016, alike, new double[] {0, 0, 0, 0, 0})
                        .chanceHigher())
                .isGreaterThan(0.1);
    }

    @Test
    void leavesOutARunThatDoesNotBelongToTheOthers() {
        Sample sample = Sample.of(0, 0.01, -0.01, 0.02, -0.02, 0.01, 1);

        assertThat(sample.withoutOutliers().size()).isEqualTo(6);
        assertThat(Sample.of(0, 0.01, -0.01, 0.02, -0.02, 0.01, 0.03)
                        .withoutOutliers()
                        .size())
                .isEqualTo(7);
        assertThat(Sample.of(0, 0, 0, 0, 0, 1).withoutOutliers().size()).isEqualTo(5);
        assertThat(Sample.of(5, 5, 5, 5, 5).withoutOutliers().size()).isEqualTo(5);
    }

    @Test
    void keepsTheErrorRateOfSeveralTestsTogether() {
        assertThat(Hochberg.significant(new double[] {0.019, 0.018, 0.02}, 0.02))
                .containsExactly(true, true, true);
        assertThat(Hochberg.significant(new double[] {0.021, 0.5, 0.006}, 0.02)).containsExactly(false, false, true);
        assertThat(Hochberg.significant(new double[] {0.021, 0.5, 0.007}, 0.02)).containsExactly(false, false, false);
        assertThat(Hochberg.significant(new double[] {}, 0.02)).isEmpty();
    }

    @Test
    void takesNeighboursThatAreAlikeForFewer() {
        double alternating = Noise.of(slices(1, 2, 1, 2, 1, 2, 1, 2), Measure.P50);
        double alike = Noise.of(slices(1, 1, 1, 1, 2, 2, 2, 2), Measure.P50);

        assertThat(alike).isGreaterThan(3 * alternating);
        assertThat(Noise.of(slices(1, 2, 1), Measure.P50)).isNaN();
        assertThat(Noise.of(slices(1, 2, 1, 2), Measure.P99)).isNaN();
    }

    private static List<StoredRun.Slice> slices(double... values) {
        List<StoredRun.Slice> slices = new ArrayList<>();
        for (double value : values) {
            slices.add(new StoredRun.Slice(100, Map.of(Measure.P50, value)));
        }
        return slices;
    }

    @Test
    void saysThatARunIsSlowerAndByHowMuch() {
        Comparison comparison = compare(run(1.3), level(8));

        assertThat(comparison.state()).isEqualTo(State.SLOWER);
        assertThat(comparison.statement())
                .isEqualTo("Against the last 8 runs: response time p50 +30 % (10 ms -> 13 ms), response time p95 +30 %"
                        + " (30 ms -> 39 ms): slower, error rate 2 %.");
        Change worst = comparison.worst().orElseThrow();
        assertThat(worst.slowdown()).isCloseTo(0.3, within(0.01));
        assertThat(worst.low()).isLessThan(worst.change());
        assertThat(worst.high()).isGreaterThan(worst.change());
        assertThat(comparison.history()).hasSize(9);
    }

    @Test
    void saysThatARunIsFaster() {
        Comparison comparison = compare(run(0.7), level(8));

        assertThat(comparison.state()).isEqualTo(State.FASTER);
        assertThat(comparison.statement())
                .contains("response time p95 -30 % (30 ms -> 21 ms)")
                .endsWith("faster, error rate 2 %.");
        assertThat(comparison.worst()).isEmpty();
    }

    @Test
    void saysWhatItWouldHaveFoundWhereNothingChanged() {
        Comparison comparison = compare(run(1.01), level(8));

        assertThat(comparison.state()).isEqualTo(State.NO_CHANGE);
        assertThat(comparison.statement())
                .matches("Against the last 8 runs: no change that counts \\(response time p95 \\+1\\.\\d+ % \\(30 ms ->"
                        + " 30\\.3 ms\\); a rise of \\d+(\\.\\d+)? % is found in nine runs of ten\\)\\.");
    }

    @Test
    void countsNoChangeThatIsTooSmallToMatter() {
        List<StoredRun> steady = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            steady.add(run(1 + 0.0001 * i));
        }

        Comparison small = compare(run(1.04), steady);
        assertThat(small.state()).isEqualTo(State.NO_CHANGE);
        assertThat(small.changes()).extracting(Change::decision).containsOnly(Decision.TOO_SMALL);
        // Where a test allows less, less matters.
        assertThat(Comparer.compare(run(1.04), steady, null, 0.02).state()).isEqualTo(State.SLOWER);

        List<StoredRun> microseconds = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            microseconds.add(run(0.001 + 0.00001 * (i % 3)));
        }
        assertThat(compare(run(0.002), microseconds).state()).isEqualTo(State.NO_CHANGE);
    }

    @Test
    void waitsUntilThereAreRunsEnough() {
        assertThat(compare(run(9), List.of()).statement()).isEqualTo("No earlier run to compare with.");
        Comparison comparison = compare(run(9), level(4));
        assertThat(comparison.state()).isEqualTo(State.NOT_ENOUGH_RUNS);
        assertThat(comparison.statement()).isEqualTo("Not enough runs yet: 4 of the 5 that a comparison takes.");
        assertThat(compare(run(9), level(5)).state()).isEqualTo(State.SLOWER);
    }

    @Test
    void namesWhatDiffersFromTheRunBefore() {
        Fingerprint other =
                new Fingerprint(Map.of("Java", "17", "plan", "100 at once", "fact environment", "embedded"));

        assertThat(Comparer.compare(run(1), List.of(), other, null).statement())
                .isEqualTo("No earlier run to compare with. The run before differs: Java was 17 and is 21;"
                        + " fact environment was embedded and is unknown.");
    }

    @Test
    void comparesWithRunsOfItsOwnFingerprintAlone() {
        List<StoredRun> others = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            StoredRun run = run(1);
            others.add(stored(run.figures(), 0, new Fingerprint(Map.of("Java", "17"))));
        }

        assertThat(compare(run(1), others).runs()).isZero();
    }

    @Test
    void saysNothingOfARunInWhichManyOperationsFailed() {
        StoredRun run = run(1);
        StoredRun bad = stored(run.figures(), 200, HERE);

        Comparison comparison = compare(bad, level(8));
        assertThat(comparison.state()).isEqualTo(State.NOT_COMPARABLE);
        assertThat(comparison.statement())
                .isEqualTo("Not compared with earlier runs: 16.7 % of its operations failed, and the times are those of"
                        + " the others.");
        assertThat(compare(stored(Map.of(), 0, HERE), level(8)).statement())
                .isEqualTo("Not compared with earlier runs: 1,000 operations are too few.");
    }

    @Test
    void doesNotLetASlowdownHideItself() {
        List<StoredRun> runs = new ArrayList<>(level(8));
        for (int i = 0; i < 4; i++) {
            StoredRun slow = run(1.3 + 0.01 * i);
            Comparison comparison = compare(slow, runs);
            assertThat(comparison.state()).as("slow run %d", i).isEqualTo(State.SLOWER);
            assertThat(comparison.runs()).isEqualTo(8);
            runs.add(slow.standing(Standing.SLOWER, false));
        }
        assertThat(compare(run(1), runs).notes())
                .containsExactly("Left out: 4 runs that stood out when they were compared themselves.");

        runs.add(run(1.31).standing(Standing.SLOWER, false));
        Comparison lasting = compare(run(1.32), runs);
        assertThat(lasting.state()).isEqualTo(State.NO_CHANGE);
        assertThat(lasting.runs()).isEqualTo(5);
        assertThat(lasting.notes())
                .containsExactly(
                        "Runs have been slower since 2026-01-02, and 5 in a row are the new level: those before"
                                + " are compared no more.");
    }

    @Test
    void neverTakesWhatATestRefusedForTheBaseline() {
        List<StoredRun> runs = new ArrayList<>(level(8));
        for (int i = 0; i < 12; i++) {
            runs.add(run(1.3 + 0.01 * (i % 3)).standing(Standing.REFUSED, false));
        }

        assertThat(compare(run(1.3), runs).state()).isEqualTo(State.SLOWER);
    }

    @Test
    void startsANewLevelWhereTheUserSaysSo() {
        List<StoredRun> runs = new ArrayList<>(level(8));
        StoredRun accepted = run(1.3).standing(Standing.UNKNOWN, true);
        assertThat(compare(accepted, runs).state()).isEqualTo(State.NOT_ENOUGH_RUNS);

        runs.add(accepted);
        Comparison next = compare(run(1.31), runs);
        assertThat(next.state()).isEqualTo(State.NOT_ENOUGH_RUNS);
        assertThat(next.runs()).isEqualTo(1);
        assertThat(next.notes()).singleElement().asString().endsWith("a new level was accepted then.");
    }

    @Test
    void countsARunAgainThatStoodOutAloneAndNotThoseThatStoodOutInARow() {
        List<StoredRun> alone = new ArrayList<>(level(6));
        alone.add(run(1.1).standing(Standing.SLOWER, false));
        assertThat(compare(run(1), alone).runs()).isEqualTo(6);
        alone.add(run(1));
        assertThat(compare(run(1), alone).runs()).isEqualTo(8);

        List<StoredRun> refused = new ArrayList<>(level(6));
        refused.add(run(1.1).standing(Standing.REFUSED, false));
        refused.add(run(1));
        assertThat(compare(run(1), refused).runs()).isEqualTo(8);

        List<StoredRun> inARow = new ArrayList<>(level(6));
        inARow.add(run(1.1).standing(Standing.SLOWER, false));
        inARow.add(run(1.1).standing(Standing.REFUSED, false));
        inARow.add(run(1));
        Comparison comparison = compare(run(1), inARow);
        assertThat(comparison.runs()).isEqualTo(7);
        assertThat(comparison.notes()).contains("Left out: 2 runs that stood out when they were compared themselves.");
    }

    @Test
    void comparesTheCapacityOfAStressTestAndNotItsTimes() {
        List<StoredRun> runs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            runs.add(stress(1000 + 100 * (i % 3)));
        }

        Comparison comparison = compare(stress(600), runs);
        assertThat(comparison.changes()).extracting(Change::measure).containsExactly(Measure.CAPACITY);
        assertThat(comparison.state()).isEqualTo(State.SLOWER);
        assertThat(comparison.worst().orElseThrow().slowdown()).isCloseTo(0.83, within(0.01));
        assertThat(comparison.statement()).contains("capacity -45.3 % (1,097 at once -> 600 at once)");
        assertThat(compare(stress(2000), runs).state()).isEqualTo(State.FASTER);
    }

    @Test
    void takesTheNextStepOfAStressTestForNoChange() {
        List<StoredRun> runs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            runs.add(stress(1000));
        }

        Comparison next = Comparer.compare(stress(900), runs, null, null, 0.1);
        assertThat(next.changes()).extracting(Change::decision).containsExactly(Decision.TOO_SMALL);
        assertThat(Comparer.compare(stress(1111), runs, null, null, 0.1).state())
                .isEqualTo(State.NO_CHANGE);
        assertThat(Comparer.compare(stress(800), runs, null, null, 0.1).state()).isEqualTo(State.SLOWER);
        assertThat(compare(stress(900), runs).state()).isEqualTo(State.SLOWER);
    }

    @Test
    void takesOneOperationMoreOrLessForNoChangeOfACapacity() {
        List<StoredRun> runs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            runs.add(stress(4));
        }

        assertThat(compare(stress(3), runs).state()).isEqualTo(State.NO_CHANGE);
        assertThat(compare(stress(2), runs).state()).isEqualTo(State.SLOWER);
    }

    @Test
    void promisesToFindOnlyWhatIsNotTooSmall() {
        List<StoredRun> runs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            runs.add(stored(Map.of(Measure.P95, 100_000.0 + 10 * i), 0, HERE));
        }

        Comparison comparison = compare(stored(Map.of(Measure.P95, 146_000.0), 0, HERE), runs);

        assertThat(comparison.state()).isEqualTo(State.NO_CHANGE); // under 0.05 ms
        assertThat(comparison.changes()).singleElement().satisfies(change -> {
            assertThat(change.decision()).isEqualTo(Decision.TOO_SMALL);
            assertThat(change.detectable()).isBetween(0.5, 0.52);
        });
    }

    @Test
    void saysOfAStressTestWithoutCapacityThatNoStepHeld() {
        LoadResult result = Results.of(new Kind.Stress(100, 2000, 100, Duration.ofSeconds(1), 0))
                .counts(12_345, 0)
                .breakingPoint(new BreakingPoint(0, 100, "mean"))
                .build();

        StoredRun run = StoredRun.of(result, Fingerprint.of(result, null, "a CPU"), Map.of());

        assertThat(Comparer.compare(run, List.of(), null, null, Kind.Stress.RESOLUTION)
                        .statement())
                .isEqualTo("Not compared with earlier runs: no step held, so there is no capacity.");
    }

    @Test
    void takesFromARunWhatItHasOperationsEnoughFor() {
        assertThat(StoredRun.of(Results.basic().build(), HERE, Map.of()).figures())
                .containsOnlyKeys(Measure.P50, Measure.P95, Measure.THROUGHPUT);
        LoadResult paced = Results.basic()
                .workload(Workload.paced(1000, Duration.ofMillis(10)))
                .counts(1000, 0)
                .responseTime(Results.times(1000, Duration.ofMillis(1)))
                .build();
        assertThat(StoredRun.of(paced, HERE, Map.of()).figures())
                .containsOnlyKeys(Measure.P50, Measure.P95, Measure.P99);
        assertThat(StoredRun.of(Results.basic().nothingEnded().build(), HERE, Map.of())
                        .figures())
                .isEmpty();
    }

    private Comparison compare(StoredRun now, List<StoredRun> earlier) {
        return Comparer.compare(now, earlier, null, null);
    }

    private List<StoredRun> level(int runs) {
        List<StoredRun> level = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            level.add(run(1 + 0.02 * (i % 2 == 0 ? 1 : -1) * (i == runs - 1 && runs % 2 == 1 ? 0 : 1)));
        }
        return level;
    }

    private StoredRun run(double factor) {
        return stored(Map.of(Measure.P50, 10.002e6 * factor, Measure.P95, 30.006e6 * factor), 0, HERE);
    }

    private StoredRun stored(Map<Measure, Double> figures, long failed, Fingerprint fingerprint) {
        return new StoredRun(
                "checkout",
                START.plus(Duration.ofHours(hours++)),
                fingerprint,
                Standing.SAME,
                false,
                Map.of(),
                new Outcomes(1000, failed, Distribution.EMPTY, Distribution.EMPTY),
                Duration.ofSeconds(10),
                figures,
                List.of());
    }

    private StoredRun stress(long capacity) {
        Kind.Stress kind = new Kind.Stress(100, 2000, 100, Duration.ofSeconds(1), 0);
        LoadResult result = Results.of(kind)
                .breakingPoint(new BreakingPoint(capacity, capacity + 100, "mean"))
                .build();
        return StoredRun.of(result, HERE, Map.of());
    }
}
