package io.stampede.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.baseline.Comparison.State;
import io.stampede.baseline.StoredRun.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
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
        // Standard deviations of 1, as the normal distribution's: exponential, and a mixture with rare wide ones.
        DoubleUnaryOperator skewed = z -> -Math.log(Math.max(1e-12, normal(-z))) - 1;
        DoubleUnaryOperator heavy = z -> Math.abs(z) > 1.96 ? 2.5 * z : 0.62 * z;

        assertThat(alarms(skewed)).as("skewed").isLessThan(0.05);
        assertThat(alarms(heavy)).as("heavy tails").isLessThan(0.05);
    }

    @Test
    void callsFewUnchangedRunsSlowerWhereSomeHaveAVeryLongOperation() {
        // The mean of such a run is higher; with it among the figures 5 % of the runs were called slower.
        SimulatedRuns simulated = new SimulatedRuns(650, 0.03, 0.05, 0.005);
        int alarms = 0;
        for (int i = 0; i < COMPARISONS; i++) {
            List<StoredRun> before = simulated.runs(20);
            if (Comparer.compare(simulated.run(1), before, null, null).state() == State.SLOWER) {
                alarms++;
            }
        }

        assertThat(alarms).isLessThan(40);
    }

    private static double alarms(DoubleUnaryOperator level) {
        SimulatedRuns simulated = new SimulatedRuns(7, 0.04, 0.05, 0.005);
        int alarms = 0;
        for (int i = 0; i < COMPARISONS; i++) {
            List<StoredRun> before = new ArrayList<>();
            for (int j = 0; j < 8; j++) {
                before.add(simulated.run(1, level));
            }
            if (Comparer.compare(simulated.run(1, level), before, null, null).state() == State.SLOWER) {
                alarms++;
            }
        }
        return (double) alarms / COMPARISONS;
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
        SimulatedRuns simulated = new SimulatedRuns(11, 0.03, 0.05, 0.005);
        List<StoredRun> history = new ArrayList<>();
        int slower = 0;
        int faster = 0;
        for (int i = 0; i < COMPARISONS; i++) {
            StoredRun run = simulated.run(1);
            List<StoredRun> last = history.subList(Math.max(0, history.size() - 50), history.size());
            State state = Comparer.compare(run, last, null, null).state();
            slower += state == State.SLOWER ? 1 : 0;
            faster += state == State.FASTER ? 1 : 0;
            history.add(run.standing(
                    switch (state) {
                        case SLOWER -> Standing.SLOWER;
                        case FASTER -> Standing.FASTER;
                        default -> Standing.SAME;
                    },
                    false));
        }

        assertThat(slower).as("slower").isLessThan(COMPARISONS / 20);
        assertThat(faster).as("faster").isLessThan(COMPARISONS / 20);
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
