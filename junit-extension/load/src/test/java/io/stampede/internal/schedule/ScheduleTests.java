package io.stampede.internal.schedule;

import static io.stampede.scenario.Rate.perMinute;
import static io.stampede.scenario.Rate.perSecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stampede.scenario.Rate;
import io.stampede.scenario.Workload;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every schedule keeps, whatever its workload; {@link PoissonTests} has what only chance has to keep. */
class ScheduleTests {

    private static final MathContext EXACTLY = new MathContext(60);
    private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000);

    /**
     * A workload and what follows from its definition.
     *
     * @param total operations, counted by hand
     * @param alone whether no two operations are due at once
     * @param due when operation n is due in nanoseconds, exact to sixty digits
     */
    record Shape(Workload workload, long total, boolean alone, LongFunction<BigDecimal> due) {
        @Override
        public String toString() {
            return workload.describe();
        }
    }

    static Stream<Shape> shapes() {
        return Stream.of(
                burst(1),
                burst(1_200_000),
                paced(1, Duration.ofHours(1)),
                paced(777, Duration.ofNanos(1)),
                paced(1_200_000, Duration.ofMillis(3)),
                constant(perSecond(0.001), Duration.ofSeconds(1), 1),
                constant(perSecond(333), Duration.ofSeconds(7), 2331),
                constant(perSecond(3), Duration.ofDays(4), 1_036_800),
                constant(perMinute(7), Duration.ofDays(7), 70_560),
                constant(perSecond(1e7), Duration.ofMillis(120), 1_200_000),
                ramp(perSecond(1), perSecond(1000), Duration.ofSeconds(2400), 1_201_200),
                ramp(perSecond(1000), perSecond(1), Duration.ofSeconds(2400), 1_201_200),
                ramp(perSecond(50), perSecond(50), Duration.ofSeconds(24_000), 1_200_000),
                ramp(perSecond(50), perSecond(50.000_000_1), Duration.ofSeconds(24_000), 1_200_000),
                ramp(perSecond(0.001), perSecond(0.002), Duration.ofSeconds(1), 1),
                waves(500, Duration.ofSeconds(60), Duration.ofSeconds(5)),
                waves(1, Duration.ofSeconds(5), Duration.ofSeconds(5)),
                waves(1_200_007, Duration.ofSeconds(1000), Duration.ofSeconds(1)));
    }

    static Stream<Workload> workloads() {
        return Stream.concat(
                shapes().map(Shape::workload),
                Stream.of(
                        Workload.poisson(perSecond(0.001), Duration.ofSeconds(1)),
                        Workload.poisson(perSecond(333), Duration.ofHours(1)),
                        Workload.waves(3, Duration.ofSeconds(60), Duration.ofSeconds(5))));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void countsWhatIsDueBeforeATimeAsItWalks(Shape shape) {
        long end = shape.workload().duration().toNanos();
        Schedule counted = Schedule.of(shape.workload(), 42);
        Schedule walked = Schedule.of(shape.workload(), 42);
        long seen = 0;
        long next = walked.nextDueNanos();

        long time = 0;
        for (long part = 0; part <= 20; part++) {
            time = Math.max(time, part * (end / 20) + part % 3);
            while (next < time) {
                seen++;
                next = walked.hasNext() ? walked.nextDueNanos() : Long.MAX_VALUE;
            }
            assertThat(counted.dueBefore(time)).as("before " + time).isEqualTo(seen);
        }
        assertThat(counted.dueBefore(end + 1)).isEqualTo(shape.total());
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void givesExactlyThePlannedNumberInOrder(Workload workload) {
        Schedule schedule = Schedule.of(workload, 42);

        long count = 0;
        long last = 0;
        int segment = 0;
        while (schedule.hasNext()) {
            if (schedule.nextIndex() != count) {
                assertThat(schedule.nextIndex()).isEqualTo(count);
            }
            int next = schedule.segment(count);
            long due = schedule.nextDueNanos();
            if (due < last || next < segment) {
                assertThat(due).as("due time of %s", count).isGreaterThanOrEqualTo(last);
                assertThat(next).as("segment of %s", count).isGreaterThanOrEqualTo(segment);
            }
            last = due;
            segment = next;
            count++;
        }

        assertThat(count).isEqualTo(workload.operations()).isEqualTo(schedule.size());
        assertThat(segment).isLessThan(schedule.segments());
        assertThatThrownBy(schedule::nextDueNanos).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void plansTheTotalThatTheWorkloadDefines(Shape shape) {
        assertThat(Schedule.of(shape.workload(), 0).size()).isEqualTo(shape.total());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void beginsAtOnceAndEndsWithinThePlannedDuration(Shape shape) {
        long[] dues = dues(shape.workload(), 0);

        assertThat(dues[0]).isZero();
        assertThat(dues[dues.length - 1])
                .isLessThanOrEqualTo(shape.workload().duration().toNanos());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void letsNoTwoOperationsBeDueAtOnceWhereTheWorkloadSpreadsThem(Shape shape) {
        long[] dues = dues(shape.workload(), 0);

        long together = 0;
        for (int i = 1; i < dues.length; i++) {
            together += dues[i] == dues[i - 1] ? 1 : 0;
        }

        if (shape.alone()) {
            assertThat(together).isZero();
        } else {
            assertThat(together)
                    .isEqualTo(shape.total() - Arrays.stream(dues).distinct().count());
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void doesNotSkewAfterAMillion(Shape shape) {
        long[] dues = dues(shape.workload(), 0);

        // Every 997th operation, so that all remainders come up, and the last ones, where rounding could have added up.
        for (int i = 0; i < dues.length; i += i < dues.length - 997 ? 997 : 1) {
            assertThat(BigDecimal.valueOf(dues[i])
                            .subtract(shape.due().apply(i))
                            .abs())
                    .as("nanoseconds that operation %s is off", i)
                    .isLessThanOrEqualTo(BigDecimal.ONE);
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void isTheSameForTheSameSeed(Workload workload) {
        assertThat(Arrays.equals(dues(workload, 7), dues(workload, 7))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void leavesNothingToChanceButPoissonArrivals(Shape shape) {
        assertThat(Arrays.equals(dues(shape.workload(), 1), dues(shape.workload(), 2)))
                .isTrue();
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
        long inFirstHalf =
                Arrays.stream(dues).filter(due -> due < 5_000_000_000L).count();
        assertThat(dues).hasSize(500);
        assertThat(inFirstHalf).isBetween(124L, 126L);
    }

    @Test
    void beginsAtOnceAlsoWhereWavesHaveFewerOperationsThanTicks() {
        assertThat(dues(Workload.waves(3, Duration.ofSeconds(60), Duration.ofSeconds(5)), 0)[0])
                .isZero();
    }

    @Test
    void spreadsTheRemainderOfWavesOverTheTicks() {
        Workload.Waves waves = new Workload.Waves(500, Duration.ofSeconds(60), Duration.ofSeconds(5));
        long[] sizes = new long[waves.ticks()];
        for (long due : dues(waves, 0)) {
            sizes[(int) (due / 5_000_000_000L)]++;
        }

        assertThat(sizes).hasSize(12).containsOnly(41, 42);
        assertThat(Arrays.stream(sizes).sum()).isEqualTo(500);
    }

    static long[] dues(Workload workload, long seed) {
        Schedule schedule = Schedule.of(workload, seed);
        long[] dues = new long[(int) schedule.size()];
        for (int i = 0; i < dues.length; i++) {
            dues[i] = schedule.nextDueNanos();
        }
        return dues;
    }

    private static Shape burst(long operations) {
        return new Shape(Workload.burst(operations), operations, false, n -> BigDecimal.ZERO);
    }

    private static Shape paced(long total, Duration every) {
        return new Shape(
                Workload.paced(total, every),
                total,
                true,
                n -> BigDecimal.valueOf(every.toNanos()).multiply(BigDecimal.valueOf(n)));
    }

    private static Shape constant(Rate rate, Duration duration, long total) {
        BigDecimal perSecond = new BigDecimal(rate.perSecond());
        return new Shape(
                Workload.arrivals(rate, duration),
                total,
                true,
                n -> BigDecimal.valueOf(n).multiply(SECOND).divide(perSecond, EXACTLY));
    }

    /** The time at which the integral of a + s t is n: 2 n / (a + sqrt(a^2 + 2 s n)). */
    private static Shape ramp(Rate from, Rate to, Duration duration, long total) {
        BigDecimal a = new BigDecimal(from.perSecond());
        BigDecimal seconds = BigDecimal.valueOf(duration.toNanos()).divide(SECOND, EXACTLY);
        BigDecimal s = new BigDecimal(to.perSecond()).subtract(a).divide(seconds, EXACTLY);
        return new Shape(Workload.ramp(from, to, duration), total, true, n -> {
            BigDecimal twice = BigDecimal.valueOf(2 * n);
            BigDecimal root = a.multiply(a).add(s.multiply(twice)).sqrt(EXACTLY);
            return twice.divide(a.add(root), EXACTLY).multiply(SECOND);
        });
    }

    private static Shape waves(long total, Duration over, Duration every) {
        Workload.Waves waves = new Workload.Waves(total, over, every);
        return new Shape(waves, total, false, n -> {
            int tick = 0;
            while (waves.before(tick + 1) <= n) {
                tick++;
            }
            return BigDecimal.valueOf(every.toNanos()).multiply(BigDecimal.valueOf(tick));
        });
    }
}
