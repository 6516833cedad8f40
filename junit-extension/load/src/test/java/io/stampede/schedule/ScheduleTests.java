package io.stampede.schedule;

import static io.stampede.scenario.Rate.perSecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stampede.scenario.Workload;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTests {

    static Stream<Workload> workloads() {
        return Stream.of(
                Workload.burst(1),
                Workload.burst(1000),
                Workload.paced(777, Duration.ofMillis(3)),
                Workload.arrivals(perSecond(333), Duration.ofSeconds(7)),
                Workload.poisson(perSecond(333), Duration.ofSeconds(7)),
                Workload.ramp(perSecond(1), perSecond(1000), Duration.ofSeconds(9)),
                Workload.ramp(perSecond(1000), perSecond(1), Duration.ofSeconds(9)),
                Workload.ramp(perSecond(50), perSecond(50), Duration.ofSeconds(9)),
                Workload.waves(500, Duration.ofSeconds(60), Duration.ofSeconds(5)),
                Workload.waves(3, Duration.ofSeconds(60), Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void givesExactlyThePlannedNumberInOrder(Workload workload) {
        Schedule schedule = Schedule.of(workload, 42);

        long count = 0;
        long last = 0;
        int segment = 0;
        while (schedule.hasNext()) {
            assertThat(schedule.nextIndex()).isEqualTo(count);
            assertThat(schedule.segment(count)).isGreaterThanOrEqualTo(segment);
            segment = schedule.segment(count);
            long due = schedule.nextDueNanos();
            assertThat(due).isGreaterThanOrEqualTo(last);
            last = due;
            count++;
        }

        assertThat(count).isEqualTo(workload.operations()).isEqualTo(schedule.size());
        assertThat(segment).isLessThan(schedule.segments());
        assertThatThrownBy(schedule::nextDueNanos).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void isTheSameForTheSameSeed(Workload workload) {
        assertThat(dues(workload, 7)).isEqualTo(dues(workload, 7));
    }

    @Test
    void drawsOtherPoissonArrivalsForAnotherSeed() {
        Workload workload = Workload.poisson(perSecond(100), Duration.ofSeconds(10));

        assertThat(dues(workload, 1)).isNotEqualTo(dues(workload, 2));
    }

    @Test
    void doesNotSkewAfterAMillion() {
        long[] dues = dues(Workload.arrivals(perSecond(3), Duration.ofDays(4)), 0);

        assertThat(dues).hasSize(1_036_800);
        assertThat(dues[1_000_000]).isEqualTo(Math.round(1_000_000 * 1e9 / 3));
    }

    @Test
    void keepsThePoissonRateInTheMean() {
        long[] dues = dues(Workload.poisson(perSecond(1000), Duration.ofSeconds(100)), 42);

        // 100,000 gaps: the mean is within 1 % with a margin of three standard errors.
        assertThat(dues[dues.length - 1] / 1e9).isCloseTo(100, within(1.0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsPoissonArrivalsWithinThePlan(long seed) {
        // A hundred free gaps would add up to 9 to 11 s, and a run of 11 s has not kept a plan of 10 s.
        long[] dues = dues(Workload.poisson(perSecond(10), Duration.ofSeconds(10)), seed);

        assertThat(dues).hasSize(100);
        assertThat(dues[99] / 1e9).isBetween(9.0, 10.0);
    }

    @Test
    void spacesPoissonArrivalsExponentially() {
        long[] dues = dues(Workload.poisson(perSecond(1000), Duration.ofSeconds(100)), 7);

        // Of exponential gaps 1 - 1/e, or 63.2 %, are shorter than the mean, and 1/e^3, or 5 %, longer than three of
        // it.
        long shorter = 0;
        long longer = 0;
        for (int i = 1; i < dues.length; i++) {
            shorter += dues[i] - dues[i - 1] < 1_000_000 ? 1 : 0;
            longer += dues[i] - dues[i - 1] > 3_000_000 ? 1 : 0;
        }
        assertThat(shorter / 1e5).isBetween(0.626, 0.638);
        assertThat(longer / 1e5).isBetween(0.047, 0.053);
    }

    @Test
    void rampsTheRateLinearly() {
        long[] dues = dues(Workload.ramp(perSecond(0.001), perSecond(100), Duration.ofSeconds(10)), 0);

        // Half the time of a ramp from nothing has a quarter of its operations.
        long inFirstHalf = java.util.Arrays.stream(dues)
                .filter(due -> due < 5_000_000_000L)
                .count();
        assertThat(dues).hasSize(500);
        assertThat(inFirstHalf).isBetween(124L, 126L);
    }

    @Test
    void spreadsTheRemainderOfWavesOverTheTicks() {
        Workload.Waves waves = new Workload.Waves(500, Duration.ofSeconds(60), Duration.ofSeconds(5));
        long[] sizes = new long[waves.ticks()];
        for (long due : dues(waves, 0)) {
            sizes[(int) (due / 5_000_000_000L)]++;
        }

        assertThat(sizes).hasSize(12).containsOnly(41, 42);
        assertThat(java.util.Arrays.stream(sizes).sum()).isEqualTo(500);
    }

    private static long[] dues(Workload workload, long seed) {
        Schedule schedule = Schedule.of(workload, seed);
        long[] dues = new long[(int) schedule.size()];
        for (int i = 0; i < dues.length; i++) {
            dues[i] = schedule.nextDueNanos();
        }
        return dues;
    }
}
