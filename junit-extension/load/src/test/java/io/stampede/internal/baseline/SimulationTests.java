package io.stampede.internal.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.baseline.Comparison;
import io.stampede.baseline.Comparison.State;
import io.stampede.baseline.Measure;
import io.stampede.baseline.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the comparison promises, on runs whose truth is known. Seeded, so that each run gives the same. */
class SimulationTests {

    private static final int COMPARISONS = 1000;

    @Test
    void callsFewUnchangedRunsSlower() {
        for (double noise : new double[] {0.01, 0.05}) {
            for (int runs : new int[] {Comparer.LEAST_RUNS, 10}) {
                assertThat(PowerTable.slower(noise, runs, 1, COMPARISONS))
                        .as("of unchanged runs, with a level that varies by %s and %d runs before", noise, runs)
                        .isLessThan(0.05);
            }
        }
    }

    @Test
    void callsFewUnchangedRunsSlowerWhereLevelsAreSkewedOrHaveHeavyTails() {
        assertThat(alarms(SimulationTests::skewed)).as("skewed").isLessThan(0.05);
        assertThat(alarms(SimulationTests::heavy)).as("heavy tails").isLessThan(0.05);
    }

    @Test
    void callsFewUnchangedRunsSlowerWhereSomeHaveAVeryLongOperation() {
        // The mean of such a run is higher; with it among the figures 5 % of the runs were called slower.
        SimulatedRuns simulated = new SimulatedRuns(650, 0.03, 0.05, 0.005);

        assertThat(PowerTable.slower(simulated, level -> level, 20, 1, COMPARISONS))
                .isLessThan(0.04);
    }

    private static double alarms(DoubleUnaryOperator level) {
        return PowerTable.slower(new SimulatedRuns(7, 0.04, 0.05, 0.005), level, 8, 1, COMPARISONS);
    }

    /** From a standard normal number to an exponential one, with mean 0 and a standard deviation of 1 too. */
    private static double skewed(double z) {
        return -Math.log(Math.max(1e-12, normal(-z))) - 1;
    }

    /** The same to a mixture with rare wide ones. */
    private static double heavy(double z) {
        return Math.abs(z) > 1.96 ? 2.5 * z : 0.62 * z;
    }

    /** The normal distribution function, to four digits (Abramowitz and Stegun 26.2.17). */
    private static double normal(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double tail = Math.exp(-z * z / 2)
                / Math.sqrt(2 * Math.PI)
                * t
                * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z > 0 ? 1 - tail : tail;
    }

    @Test
    void callsFewRunsOfALongHistorySlowerThoughThoseItCalledSoAreLeftOut() {
        assertFewStandOut("normal", level -> level, 0.03, null);
        assertFewStandOut("normal", level -> level, 0.03, 0.1);
        assertFewStandOut("skewed", SimulationTests::skewed, 0.03, null);
        assertFewStandOut("heavy tails", SimulationTests::heavy, 0.03, null);
    }

    /** Where each run is compared with those before it, and is history for those after it. */
    private static void assertFewStandOut(
            String name, DoubleUnaryOperator level, double between, @Nullable Double maxSlowdown) {
        SimulatedRuns simulated = new SimulatedRuns(11, between, 0.05, 0.005);
        List<StoredRun> history = new ArrayList<>();
        int slower = 0;
        int faster = 0;
        for (int i = 0; i < COMPARISONS; i++) {
            StoredRun run = simulated.run(1, level);
            List<StoredRun> last = history.subList(Math.max(0, history.size() - 50), history.size());
            Comparison comparison = Comparer.compare(run, last, null, maxSlowdown);
            State state = comparison.state();
            slower += state == State.SLOWER ? 1 : 0;
            faster += state == State.FASTER ? 1 : 0;
            boolean refused = maxSlowdown != null
                    && comparison
                            .worst()
                            .filter(worst -> worst.slowdown() > maxSlowdown)
                            .isPresent();
            history.add(run.standing(
                    switch (state) {
                        case SLOWER -> refused ? Standing.REFUSED : Standing.SLOWER;
                        case FASTER -> Standing.FASTER;
                        default -> Standing.SAME;
                    },
                    false));
        }

        assertThat(slower).as("slower, %s", name).isLessThan(COMPARISONS / 20);
        assertThat(faster).as("faster, %s", name).isLessThan(COMPARISONS / 20);
    }

    @Test
    void callsFewStressTestsSlowerThoughTheirCapacitiesAreStepsApart() {
        SplittableRandom random = new SplittableRandom(5);
        for (double between : new double[] {0.02, 0.05}) {
            for (int step : new int[] {1, 5, 10}) {
                int slower = 0;
                for (int i = 0; i < COMPARISONS; i++) {
                    List<StoredRun> runs = new ArrayList<>();
                    for (int j = 0; j < 6; j++) {
                        double capacity = 104 * Math.exp(between * random.nextGaussian());
                        runs.add(SimulatedRuns.stress(step * (long) (capacity / step)));
                    }
                    Comparison comparison = Comparer.compare(runs.get(5), runs.subList(0, 5), null, null, step / 100.0);
                    slower += comparison.state() == State.SLOWER ? 1 : 0;
                }
                assertThat(slower)
                        .as("varies by %s, steps of %d", between, step)
                        .isLessThan(COMPARISONS / 20);
            }
        }
    }

    @Test
    void findsInNineRunsOfTenWhatItSaysItFinds() {
        SimulatedRuns simulated = new SimulatedRuns(17, 0.03, 0.05, 0.005);
        int found = 0;
        for (int i = 0; i < 300; i++) {
            List<StoredRun> before = simulated.runs(10);
            double promised = detectable(Comparer.compare(simulated.run(1), before, null, null), Measure.P95);
            Comparison comparison = Comparer.compare(simulated.run(1 + promised), before, null, null);
            found += comparison.state() == State.SLOWER ? 1 : 0;
        }

        // Both the run that promises and the one that is judged vary within themselves.
        assertThat(found).isBetween(255, 290);
    }

    private static double detectable(Comparison comparison, Measure measure) {
        return comparison.changes().stream()
                .filter(change -> change.measure() == measure)
                .findFirst()
                .orElseThrow()
                .detectable();
    }

    @Test
    void findsASlowdownOfTwentyPercentInNineOfTenRuns() {
        assertThat(PowerTable.slower(0.02, 10, 1.2, 500))
                .as("10 runs, p95 varies by 4.2 %% from run to run")
                .isGreaterThan(0.9);
        assertThat(PowerTable.slower(0.03, 20, 1.2, 500))
                .as("20 runs, p95 varies by 5 %% from run to run")
                .isGreaterThan(0.9);
    }

    @Test
    void findsASlowdownThoughOneOfTheRunsBeforeWasAnOutlier() {
        SimulatedRuns simulated = new SimulatedRuns(13, 0.02, 0.05, 0.005);
        int found = 0;
        for (int i = 0; i < 200; i++) {
            List<StoredRun> before = simulated.runs(9);
            before.add(simulated.run(3));
            if (Comparer.compare(simulated.run(1.3), before, null, null).state() == State.SLOWER) {
                found++;
            }
        }

        assertThat(found).isGreaterThan(180);
    }
}
