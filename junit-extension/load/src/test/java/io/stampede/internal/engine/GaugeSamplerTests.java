package io.stampede.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stampede.metric.Statistic;
import io.stampede.metric.Unit;
import io.stampede.result.GaugeSeries;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GaugeSamplerTests {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private static GaugeSeries read(int times, IntToDoubleFunction value) {
        AtomicInteger read = new AtomicInteger();
        try (GaugeSampler sampler = sampler(() -> value.applyAsDouble(read.getAndIncrement()))) {
            for (int i = 0; i < times; i++) {
                sampler.sample();
            }
            sampler.markRecovered();
            return sampler.series().get(0);
        }
    }

    private static GaugeSampler sampler(DoubleSupplier value) {
        return new GaugeSampler(List.of(gauge("g", value)), System.nanoTime(), NEVER, Duration.ofSeconds(20));
    }

    private static GaugeSource gauge(String name, DoubleSupplier value) {
        return new GaugeSource(name, Unit.COUNT, false, value);
    }

    @Test
    void percentilesAreOfAllValuesHoweverManyThereAre() {
        GaugeSeries few = read(20, i -> i % 2 == 0 ? 10 : 0);
        GaugeSeries many = read(1500, i -> i % 2 == 0 ? 10 : 0);

        for (GaugeSeries gauge : List.of(few, many)) {
            assertThat(gauge.value(Statistic.percentile(5))).isZero();
            assertThat(gauge.value(Statistic.percentile(50))).isZero();
            assertThat(gauge.value(Statistic.percentile(51))).isEqualTo(10);
            assertThat(gauge.min()).isZero();
            assertThat(gauge.mean()).isEqualTo(5);
        }
        assertThat(many.points()).hasSizeLessThanOrEqualTo(601);
    }

    @Test
    void keepsTheMeanExactWhereSumsOfDoublesAreNot() {
        assertThat(read(4, i -> i % 2 == 0 ? Double.MAX_VALUE : 1).max()).isEqualTo(Double.MAX_VALUE);
        assertThat(read(2, i -> Double.MAX_VALUE).mean()).isEqualTo(Double.MAX_VALUE);
        assertThat(read(3, i -> List.of(1e300, 3.0, -1e300).get(i)).mean()).isEqualTo(1);
    }

    @Test
    void aGaugeThatThrowsFromItsSecondReadOnHasStopped() {
        GaugeSeries gauge = read(5, i -> {
            if (i > 0) {
                throw new IllegalStateException("no connection");
            }
            return 1;
        });

        assertThat(gauge.reads())
                .isEqualTo(new GaugeSeries.Reads(1, 0, 4, "java.lang.IllegalStateException: no connection", true));
        assertThat(gauge.afterRecovery()).isNaN();
        assertThat(gauge.last()).isEqualTo(1);
    }

    @Test
    void aGaugeThatFailedNowAndThenHasNotStopped() {
        GaugeSeries gauge = read(10, i -> {
            if (i % 3 == 0) {
                throw new IllegalStateException("busy");
            }
            return i;
        });

        assertThat(gauge.reads().stopped()).isFalse();
        assertThat(gauge.reads().fault()).isEmpty();
        assertThat(gauge.errors()).isEqualTo(4);
    }

    @Test
    void countsInfiniteValuesAndKeepsThemOutOfMeanPercentilesAndPoints() {
        GaugeSeries gauge = read(
                4, i -> List.of(1.0, Double.POSITIVE_INFINITY, 3.0, Double.NaN).get(i));

        assertThat(gauge.reads()).isEqualTo(new GaugeSeries.Reads(3, 1, 0, null, false));
        assertThat(gauge.max()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(gauge.mean()).isEqualTo(2);
        assertThat(gauge.value(Statistic.percentile(100))).isEqualTo(3);
        assertThat(gauge.points()).extracting(GaugeSeries.Point::value).containsExactly(1.0, 3.0);
    }

    @Test
    void aGaugeThatHangsHoldsUpNoOtherAndHasStopped() {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger others = new AtomicInteger();
        List<GaugeSource> gauges = List.of(
                gauge("before", others::incrementAndGet),
                gauge("hangs", () -> {
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return 7;
                }),
                gauge("after", others::incrementAndGet));
        try (GaugeSampler sampler = new GaugeSampler(gauges, System.nanoTime(), NEVER, PATIENCE)) {
            sampler.sample();
            sampler.sample();

            assertThat(others).hasValue(4);
            assertThat(sampler.current()).containsEntry("hangs", Double.NaN).containsEntry("after", 4.0);
            assertThat(sampler.series().get(1).reads())
                    .isEqualTo(new GaugeSeries.Reads(0, 0, 1, "no answer within 100 ms", true));
            assertThat(sampler.series().get(2).reads()).isEqualTo(GaugeSeries.Reads.good(2));

            answer.countDown();
            await().until(() -> sampler.series().get(1).samples() == 1);

            assertThat(sampler.series().get(1).reads()).isEqualTo(GaugeSeries.Reads.good(1));
        }
    }
}
