package io.stampede.internal.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stampede.result.Distribution;
import io.stampede.result.Outcomes;
import io.stampede.result.PhaseResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalabilityLawTests {

    private static final double[] SIZES =
            DoubleStream.iterate(100, n -> n + 100).limit(20).toArray();

    @ParameterizedTest
    @CsvSource({
        "1000, 0.05, 0.000001",
        "1000, 0.05, 0",
        "20, 0, 0.00002",
        "5, 0, 0",
        "300, 1, 0",
        "300, 1, 0.001",
        "0.001, 0.9, 0.0000001"
    })
    void findsTheParametersThatMadeTheData(double lambda, double sigma, double kappa) {
        ScalabilityLaw truth = new ScalabilityLaw(lambda, sigma, kappa, 20, 0);

        ScalabilityLaw law =
                fitted(SIZES, Arrays.stream(SIZES).map(truth::throughput).toArray());

        assertThat(law.error()).isLessThan(1e-6);
        assertThat(law.sizes()).isEqualTo(20);
        assertThat(law.sigma()).isCloseTo(sigma, within(1e-3));
        assertThat(law.kappa()).isCloseTo(kappa, within(1e-3 * kappa));
        assertThat(law.lambda()).isCloseTo(lambda, within(1e-3 * lambda));
        assertThat(law.peak().isPresent()).isEqualTo(kappa > 0);
    }

    @Test
    void givesThePeakOfTheCurve() {
        ScalabilityLaw law = new ScalabilityLaw(1000, 0.05, 1e-6, 20, 0);

        double peak = law.peak().orElseThrow();

        assertThat(peak).isCloseTo(Math.sqrt(0.95 / 1e-6), within(1e-9));
        assertThat(law.throughput(peak)).isGreaterThan(law.throughput(peak * 0.99));
        assertThat(law.throughput(peak)).isGreaterThan(law.throughput(peak * 1.01));
        assertThat(law.throughput(1)).isEqualTo(1000);
    }

    @Test
    void peaksAtOneWhereEveryFurtherOperationSlowsAllDown() {
        assertThat(new ScalabilityLaw(1000, 1, 0.5, 20, 0).peak()).hasValue(1);
    }

    @Test
    void findsThePeakThroughNoiseAndSaysHowLargeTheNoiseIs() {
        ScalabilityLaw truth = new ScalabilityLaw(50, 0.01, 1e-6, 20, 0);
        Random random = new Random(42);
        double[] noisy = Arrays.stream(SIZES)
                .map(n -> truth.throughput(n) * (1 + 0.05 * random.nextGaussian()))
                .toArray();

        ScalabilityLaw law = fitted(SIZES, noisy);

        assertThat(law.peak().orElseThrow()).isCloseTo(Math.sqrt(0.99 / 1e-6), within(150.0));
        assertThat(law.error()).isBetween(0.02, 0.08);
    }

    @Test
    void keepsItsParametersWithinTheirBoundsWhateverIsMeasured() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            double[] any = Arrays.stream(SIZES)
                    .map(n -> Math.exp(6 * random.nextGaussian()))
                    .toArray();

            ScalabilityLaw law = fitted(SIZES, any);

            assertThat(law.lambda()).isPositive().isFinite();
            assertThat(law.sigma()).isBetween(0.0, 1.0);
            assertThat(law.kappa()).isNotNegative().isFinite();
            assertThat(law.error()).isFinite();
        }
    }

    @Test
    void takesNoMoreThanAllOfTheWorkForContention() {
        ScalabilityLaw impossible = new ScalabilityLaw(1000, 20, 0, 20, 0);

        ScalabilityLaw law =
                fitted(SIZES, Arrays.stream(SIZES).map(impossible::throughput).toArray());

        assertThat(law.sigma()).isEqualTo(1);
        assertThat(law.error()).isLessThan(0.01);
    }

    @Test
    void fitsNoWorseThanAnyOtherLawNearby() {
        Random random = new Random(3);
        for (int round = 0; round < 50; round++) {
            double[] any = Arrays.stream(SIZES)
                    .map(n -> 1000 * (0.5 + random.nextDouble()))
                    .toArray();
            ScalabilityLaw law = fitted(SIZES, any);
            double least = misses(law, any);

            for (int i = 0; i < 200; i++) {
                double sigma =
                        Math.min(1, law.sigma() * (0.9 + 0.2 * random.nextDouble()) + 0.01 * random.nextDouble());
                double kappa = law.kappa() * (0.9 + 0.2 * random.nextDouble()) + 1e-7 * random.nextDouble();
                double lambda = law.lambda() * (0.9 + 0.2 * random.nextDouble());
                assertThat(misses(new ScalabilityLaw(lambda, sigma, kappa, 20, 0), any))
                        .isGreaterThanOrEqualTo(least * (1 - 1e-9));
            }
        }
    }

    /** What the fit makes least: the relative error of the time that each operation takes. */
    private static double misses(ScalabilityLaw law, double[] measured) {
        double squares = 0;
        for (int i = 0; i < SIZES.length; i++) {
            double miss = measured[i] / law.throughput(SIZES[i]) - 1;
            squares += miss * miss;
        }
        return squares;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5})
    void fitsNothingToTooFewSizesHoweverOftenTheyWereRun(int sizes) {
        double[] operations = DoubleStream.iterate(1, n -> n + 1)
                .limit(40)
                .map(n -> 1 + n % Math.max(1, sizes))
                .limit(sizes == 0 ? 0 : 40)
                .toArray();

        assertThat(ScalabilityLaw.fit(operations, operations.clone())).isEmpty();
    }

    @Test
    void takesStepsInAnyOrderAndMoreThanOnce() {
        ScalabilityLaw truth = new ScalabilityLaw(40, 0.02, 2e-6, 20, 0);
        List<PhaseResult> steps = new ArrayList<>();
        for (long size : new long[] {100, 900, 300, 500, 700, 800, 750, 800, 750, 800}) {
            steps.add(step(size, size, truth.throughput((double) size)));
        }

        ScalabilityLaw law = ScalabilityLaw.of(steps).orElseThrow();

        assertThat(law.sizes()).isEqualTo(7);
        assertThat(law.peak().orElseThrow()).isCloseTo(700, within(1.0));
    }

    @Test
    void countsOperationsThatSucceededAndLeavesOutStepsWithNone() {
        List<PhaseResult> steps = new ArrayList<>();
        for (long size = 100; size <= 600; size += 100) {
            steps.add(step(size, size / 2, (double) size)); // half of them is turned away
        }
        steps.add(step(700, 0, 700));

        ScalabilityLaw law = ScalabilityLaw.of(steps).orElseThrow();

        assertThat(law.sizes()).isEqualTo(6);
        assertThat(law.throughput(400)).isCloseTo(200, within(0.01));
    }

    private static PhaseResult step(long size, long succeeded, double perSecond) {
        return new PhaseResult(
                size + " at once",
                size,
                new Outcomes(succeeded, size - succeeded, Distribution.EMPTY, Distribution.EMPTY),
                Duration.ZERO,
                Duration.ofNanos(Math.round(size / perSecond * 1e9)),
                Map.of());
    }

    private static ScalabilityLaw fitted(double[] operations, double[] perSecond) {
        return ScalabilityLaw.fit(operations, perSecond).orElseThrow();
    }
}
