package io.stampede.internal.schedule;

import static io.stampede.scenario.Rate.perSecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stampede.scenario.Workload;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeds are fixed, so what passes once passes always. */
class PoissonTests {

    private static final double PER_SECOND = 200;
    private static final double MEAN_GAP_NANOS = 1e9 / PER_SECOND;
    private static final int GAPS = 20_000;

    /** One right schedule in ten thousand has a smaller one. */
    private static final double SIGNIFICANCE = 1e-4;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 42, -1, 1_000_003, Long.MIN_VALUE, Long.MAX_VALUE})
    void drawsGapsFromTheExponentialDistribution(long seed) {
        assertThat(fit(gaps(seed))).isGreaterThan(SIGNIFICANCE);
    }

    @Test
    void countsTheArrivalsThatItDraws() {
        Workload workload = Workload.poisson(perSecond(100), Duration.ofSeconds(20));
        Schedule counted = Schedule.of(workload, 7);
        Schedule walked = Schedule.of(workload, 7);
        long[] due = new long[2000];
        for (int i = 0; i < due.length; i++) {
            due[i] = walked.nextDueNanos();
        }

        for (long second = 0; second <= 20; second++) {
            long time = second * 1_000_000_000L;
            assertThat(counted.dueBefore(time))
                    .isEqualTo(
                            java.util.Arrays.stream(due).filter(at -> at < time).count());
        }
    }

    @Test
    void countsVeryManyArrivalsByTheirRate() {
        Schedule schedule = Schedule.of(Workload.poisson(perSecond(100_000), Duration.ofSeconds(100)), 7);

        assertThat(schedule.dueBefore(50_000_000_000L)).isEqualTo(5_000_000);
        assertThat(schedule.dueBefore(Long.MAX_VALUE)).isEqualTo(10_000_000);
    }

    @Test
    void wouldNotTakeOtherGapsForExponentialOnes() {
        SplittableRandom random = new SplittableRandom(42);

        assertThat(fit(DoubleStream.generate(() -> MEAN_GAP_NANOS).limit(GAPS).toArray()))
                .as("constant gaps")
                .isLessThan(SIGNIFICANCE);
        assertThat(fit(random.doubles(GAPS, 0, 2 * MEAN_GAP_NANOS).toArray()))
                .as("uniform gaps of the same mean")
                .isLessThan(SIGNIFICANCE);
        assertThat(fit(DoubleStream.of(gaps(42)).map(gap -> gap * 1.05).toArray()))
                .as("exponential gaps that are 5 % too long")
                .isLessThan(SIGNIFICANCE);
        assertThat(fit(DoubleStream.of(gaps(42))
                        .map(gap -> (gap + MEAN_GAP_NANOS) / 2)
                        .toArray()))
                .as("gaps half of which is constant")
                .isLessThan(SIGNIFICANCE);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 42, -1})
    void drawsEachGapWithoutRegardToTheOneBefore(long seed) {
        double[] gaps = gaps(seed);

        double covariance = 0;
        double variance = 0;
        for (int i = 1; i < gaps.length; i++) {
            covariance += (gaps[i] - MEAN_GAP_NANOS) * (gaps[i - 1] - MEAN_GAP_NANOS);
            variance += (gaps[i] - MEAN_GAP_NANOS) * (gaps[i] - MEAN_GAP_NANOS);
        }

        // Four standard errors.
        assertThat(covariance / variance).isCloseTo(0, within(4 / Math.sqrt(GAPS)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 42, -1})
    void keepsTheRateInTheMeanAfterAMillion(long seed) {
        long[] dues = ScheduleTests.dues(Workload.poisson(perSecond(1000), Duration.ofSeconds(1000)), seed);

        // A sum of n gaps spreads by the square root of n of them; four of those.
        assertThat(dues).hasSize(1_000_000);
        assertThat(dues[dues.length - 1] / 1e6).isCloseTo(1e6, within(4 * Math.sqrt(1e6)));
    }

    @Test
    void drawsOtherArrivalsForAnotherSeed() {
        double[] one = gaps(1);
        double[] other = gaps(2);

        long equal = 0;
        for (int i = 0; i < GAPS; i++) {
            equal += one[i] == other[i] ? 1 : 0;
        }

        assertThat(equal).isLessThan(GAPS / 1000);
    }

    /** The probability of so bad a fit where the gaps are exponential with the planned mean. */
    private static double fit(double[] gaps) {
        return KolmogorovSmirnovTest.withDefaults()
                .test(gaps, gap -> -Math.expm1(-gap / MEAN_GAP_NANOS))
                .getPValue();
    }

    private static double[] gaps(long seed) {
        long[] dues = ScheduleTests.dues(
                Workload.poisson(perSecond(PER_SECOND), Duration.ofSeconds((long) (GAPS / PER_SECOND))), seed);
        double[] gaps = new double[GAPS];
        for (int i = 0; i < GAPS; i++) {
            gaps[i] = dues[i] - (i == 0 ? 0 : dues[i - 1]);
        }
        return gaps;
    }
}
