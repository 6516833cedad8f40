package io.stampede.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.metric.Statistic;
import io.stampede.metric.Unit;
import io.stampede.result.GaugeSeries;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaugeSketchTests {

    private static final double[] PERCENTS = {0.1, 1, 5, 25, 50, 75, 90, 99, 99.9, 100};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void percentilesAreWithinOnePercentOfAnySignAndMagnitude(long seed) {
        Random random = new Random(seed);
        double[] values = DoubleStream.generate(() -> Math.pow(10, random.nextInt(600) - 300) * random.nextGaussian())
                .limit(2_000)
                .toArray();
        values[0] = 0;
        values[1] = Double.MAX_VALUE;
        values[2] = -Double.MAX_VALUE;

        check(values);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 100, 101, 150, 200, 10_000, 1_000_000})
    void percentilesOfWholeNumbersAreWhole(int most) {
        Random random = new Random(most);
        double[] values = DoubleStream.generate(() -> random.nextInt(2 * most + 1) - most)
                .limit(3_000)
                .toArray();

        GaugeSeries gauge = check(values);

        for (double percent : PERCENTS) {
            double value = gauge.value(Statistic.percentile(percent));
            assertThat(value).isEqualTo(Math.rint(value));
            if (most <= 100) {
                assertThat(value).isEqualTo(exact(values, percent));
            }
        }
    }

    private static GaugeSeries check(double[] values) {
        GaugeSeries gauge = gauge(values);
        for (double percent : PERCENTS) {
            double exact = exact(values, percent);
            assertThat(Math.abs(gauge.value(Statistic.percentile(percent)) - exact))
                    .as("p%s of %s", percent, exact)
                    .isLessThanOrEqualTo(0.01 * Math.abs(exact));
        }
        return gauge;
    }

    private static GaugeSeries gauge(double... values) {
        GaugeSketch sketch = new GaugeSketch();
        Arrays.stream(values).forEach(sketch::add);
        double min = Arrays.stream(values).min().orElseThrow();
        double max = Arrays.stream(values).max().orElseThrow();
        return new GaugeSeries(
                "g",
                Unit.COUNT,
                false,
                List.of(),
                new GaugeSeries.Values(min, max, 0, 0, Double.NaN, sketch.bins()),
                GaugeSeries.Reads.good(values.length));
    }

    private static double exact(double[] values, double percent) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return sorted[Math.max(1, (int) Math.ceil(percent / 100 * sorted.length - 1e-9)) - 1];
    }

    @Test
    void aGaugeThatDoesNotMoveHasItsValueAsEachPercentile() {
        GaugeSeries gauge = gauge(0.97, 0.97, 0.97);

        assertThat(gauge.value(Statistic.percentile(50))).isEqualTo(0.97);
    }

    @Test
    void staysSmallHoweverOftenItIsRead() {
        GaugeSketch sketch = new GaugeSketch();
        for (int i = 0; i < 200_000; i++) {
            sketch.add(1 + i % 1000 + 0.5);
        }

        assertThat(sketch.bins()).hasSizeLessThan(700);
        assertThat(sketch.bins().stream().mapToLong(GaugeSeries.Bin::count).sum())
                .isEqualTo(200_000);
    }
}
