package io.stampede.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Totals, remainders and scale, for whatever a workload is made of. Seeds are fixed, so that a failure repeats. */
class WorkloadPropertyTests {

    private static final String SEED = "1706";

    @Property(seed = SEED)
    void tickSizesOfWavesAddUpToTheTotalAndDifferByOneAtMost(
            @ForAll @LongRange(min = 1, max = Workload.MAX_OPERATIONS) long total,
            @ForAll @IntRange(min = 1, max = Workload.Waves.MAX_TICKS) int ticks,
            @ForAll @LongRange(min = 1, max = 600_000_000_000L) long everyNanos,
            @ForAll @DoubleRange(min = 0, max = 1) double rest) {
        long overNanos = everyNanos * ticks + (long) (rest * (everyNanos - 1)); // the last tick may be cut short
        Assume.that(overNanos <= Workload.MAX_DURATION.toNanos());
        Workload.Waves waves = new Workload.Waves(total, Duration.ofNanos(overNanos), Duration.ofNanos(everyNanos));

        long sum = 0;
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int tick = 0; tick < waves.ticks(); tick++) {
            long size = waves.before(tick + 1) - waves.before(tick);
            sum += size;
            least = Math.min(least, size);
            most = Math.max(most, size);
        }

        assertThat(waves.ticks()).isEqualTo(ticks);
        assertThat(waves.before(0)).isZero();
        assertThat(sum).isEqualTo(total).isEqualTo(waves.operations());
        assertThat(most - least).isBetween(0L, 1L);
        assertThat(waves.simultaneous()).isEqualTo(most);
    }

    @Property(seed = SEED)
    void totalsAreRateTimesDurationRoundedAndAtLeastOne(
            @ForAll("rates") Rate from, @ForAll("rates") Rate to, @ForAll("durations") Duration duration) {
        Assume.that(Math.max(from.perSecond(), to.perSecond()) * duration.toNanos() / 1e9 < Workload.MAX_OPERATIONS);
        BigDecimal one = product(from.perSecond(), duration);
        BigDecimal mean = one.add(product(to.perSecond(), duration)).divide(BigDecimal.valueOf(2));

        isRounded(Workload.arrivals(from, duration).operations(), one);
        isRounded(Workload.poisson(from, duration).operations(), one);
        isRounded(Workload.ramp(from, to, duration).operations(), mean);
        isRounded(Workload.ramp(to, from, duration).operations(), mean);
    }

    @Property(seed = SEED)
    void aScaleMultipliesTotalsAndKeepsAtLeastOneOperation(
            @ForAll @LongRange(min = 1, max = 1_000_000) long total, @ForAll("scales") double scale) {
        BigDecimal exact = new BigDecimal(scale).multiply(BigDecimal.valueOf(total));
        Duration second = Duration.ofSeconds(1);

        isRounded(Workload.burst(total).scaled(scale).operations(), exact);
        isRounded(Workload.paced(total, Duration.ofNanos(1)).scaled(scale).operations(), exact);
        isRounded(Workload.waves(total, second, second).scaled(scale).operations(), exact);
    }

    @Property(seed = SEED)
    void aScaleMultipliesPlannedDurations(@ForAll("spread") Workload workload, @ForAll("scales") double scale) {
        Duration scaled = workload.scaled(scale).duration();

        // A paced workload is as long as its rounded total; the others are as exact as a nanosecond.
        double slack = workload instanceof Workload.Paced paced ? paced.every().toNanos() : 1;
        double expected = workload.duration().toNanos() * scale;
        assertThat((double) scaled.toNanos()).isCloseTo(expected, within(slack + expected * 1e-12));
    }

    @Property(seed = SEED)
    void aScaleChangesNoRate(
            @ForAll("rates") Rate from,
            @ForAll("rates") Rate to,
            @ForAll @LongRange(min = 1, max = 1_000_000) long total,
            @ForAll("scales") double scale) {
        Duration second = Duration.ofSeconds(1);
        Duration every = Duration.ofMillis(2);
        Assume.that(Math.max(from.perSecond(), to.perSecond()) * scale < Workload.MAX_OPERATIONS);

        assertThat(Workload.paced(total, every).scaled(scale))
                .isInstanceOfSatisfying(
                        Workload.Paced.class, paced -> assertThat(paced.every()).isEqualTo(every));
        assertThat(Workload.poisson(from, second).scaled(scale))
                .isInstanceOfSatisfying(Workload.Arrivals.class, arrivals -> {
                    assertThat(arrivals.rate()).isEqualTo(from);
                    assertThat(arrivals.spacing()).isEqualTo(Workload.Arrivals.Spacing.POISSON);
                });
        assertThat(Workload.ramp(from, to, second).scaled(scale)).isInstanceOfSatisfying(Workload.Ramp.class, ramp -> {
            assertThat(ramp.from()).isEqualTo(from);
            assertThat(ramp.to()).isEqualTo(to);
        });
    }

    @Property(seed = SEED)
    void aScaleKeepsTheNumberOfTicks(
            @ForAll @LongRange(min = 1, max = 100_000) long total,
            @ForAll @IntRange(min = 1, max = Workload.Waves.MAX_TICKS) int ticks,
            @ForAll @IntRange(min = 1, max = 1000) int everyMillis,
            @ForAll("scales") double scale) {
        Duration every = Duration.ofMillis(everyMillis);
        Workload.Waves waves = new Workload.Waves(total, every.multipliedBy(ticks), every);

        assertThat(waves.scaled(scale))
                .isInstanceOfSatisfying(
                        Workload.Waves.class,
                        scaled -> assertThat(scaled.ticks()).isEqualTo(ticks));
    }

    @Property(seed = SEED)
    void aScaleWithManyDigitsKeepsTheNumberOfTicksToo(
            @ForAll @IntRange(min = 1, max = 100) int ticks,
            @ForAll @IntRange(min = 1, max = 10) int everySeconds,
            @ForAll @IntRange(min = 1, max = 100) int divisor) {
        Duration every = Duration.ofSeconds(everySeconds);
        Workload.Waves waves = new Workload.Waves(1000, every.multipliedBy(ticks), every);

        assertThat(waves.scaled(1.0 / divisor))
                .isInstanceOfSatisfying(
                        Workload.Waves.class,
                        scaled -> assertThat(scaled.ticks()).isEqualTo(ticks));
    }

    @Property(seed = SEED)
    void aScaleOfOneChangesNothing(@ForAll("spread") Workload workload) {
        assertThat(workload.scaled(1)).isEqualTo(workload);
    }

    @Provide
    Arbitrary<Rate> rates() {
        return Arbitraries.doubles().between(0.01, 1e5).ofScale(4).map(Rate::perSecond);
    }

    @Provide
    Arbitrary<Duration> durations() {
        return Arbitraries.longs().between(1, Duration.ofHours(2).toNanos()).map(Duration::ofNanos);
    }

    @Provide
    Arbitrary<Double> scales() {
        return Arbitraries.oneOf(
                Arbitraries.doubles().between(0.001, 1).ofScale(6),
                Arbitraries.of(0.001, 0.01, 0.02, 0.1, 0.25, 0.5, 1.0, 2.0, 10.0));
    }

    @Provide
    Arbitrary<Workload> spread() {
        Arbitrary<Duration> durations =
                Arbitraries.longs().between(1_000_000, 3_600_000_000_000L).map(Duration::ofNanos);
        Arbitrary<Rate> rates =
                Arbitraries.doubles().between(0.01, 1e4).ofScale(4).map(Rate::perSecond);
        return Arbitraries.oneOf(
                Combinators.combine(
                                Arbitraries.longs().between(1, 100_000),
                                Arbitraries.integers().between(1, 500))
                        .as((total, millis) -> Workload.paced(total, Duration.ofMillis(millis))),
                Combinators.combine(rates, durations).as(Workload::arrivals),
                Combinators.combine(rates, durations).as(Workload::poisson),
                Combinators.combine(rates, rates, durations).as(Workload::ramp),
                Combinators.combine(
                                Arbitraries.longs().between(1, 100_000),
                                Arbitraries.integers().between(1, 1000),
                                Arbitraries.integers().between(1, 1000))
                        .as((total, ticks, millis) -> Workload.waves(
                                total, Duration.ofMillis((long) ticks * millis), Duration.ofMillis(millis))));
    }

    /** Half an operation off at most, beside what a product of doubles cannot tell; one where that would be none. */
    private static void isRounded(long total, BigDecimal exact) {
        double expected = Math.max(0.5, exact.doubleValue());
        assertThat(total).isPositive();
        assertThat((double) total).isCloseTo(expected, within(0.5 + expected * 1e-12));
    }

    private static BigDecimal product(double perSecond, Duration duration) {
        return new BigDecimal(perSecond).multiply(BigDecimal.valueOf(duration.toNanos(), 9));
    }
}
