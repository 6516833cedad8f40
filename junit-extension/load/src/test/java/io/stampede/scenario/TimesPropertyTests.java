package io.stampede.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stampede.internal.format.Times;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Durations there and back. Seeds are fixed, so that a failure repeats. */
class TimesPropertyTests {

    private static final String SEED = "1706";

    @Property(seed = SEED)
    void readsWholeUnitsExactly(
            @ForAll("units") Unit unit,
            @ForAll @LongRange(min = 0, max = 100_000) long number,
            @ForAll("gaps") String gap) {
        Duration expected = Duration.ofNanos(unit.nanos).multipliedBy(number);

        assertThat(Times.parse(number + gap + unit.name)).isEqualTo(expected);
        assertThat(Times.parse(gap + number + gap + unit.name.toUpperCase(Locale.ROOT) + gap))
                .isEqualTo(expected);
    }

    @Property(seed = SEED)
    void readsFractionsToTheNanosecond(
            @ForAll("units") Unit unit, @ForAll @IntRange(min = 0, max = 999_999_999) int billionths) {
        String text = BigDecimal.valueOf(billionths, 9).toPlainString() + unit.name;
        BigDecimal exact = BigDecimal.valueOf(billionths, 9).multiply(BigDecimal.valueOf(unit.nanos));

        assertThat(Times.parse(text).toNanos()).isCloseTo(exact.longValue(), within(1L));
    }

    @Property(seed = SEED)
    void readsBackWhatItWroteToThreeDigits(@ForAll("shorterThanTwoMinutes") Duration duration) {
        Duration back = Times.parse(Times.format(duration));

        // Half of the third digit of the smallest mantissa, 1.00.
        double exact = duration.toNanos();
        assertThat((double) back.toNanos()).isCloseTo(exact, within(exact * 0.005));
    }

    @Property(seed = SEED)
    void writesMoreThanTwoMinutesInTwoUnits(@ForAll @LongRange(min = 120, max = 604_800) long seconds) {
        String text = Times.format(Duration.ofSeconds(seconds));

        Duration back =
                Arrays.stream(text.split("(?<=[a-z]) ")).map(Times::parse).reduce(Duration.ZERO, Duration::plus);
        long unit = seconds < 7200 ? 1 : 60;
        assertThat(back.toSeconds()).isEqualTo(seconds / unit * unit);
    }

    enum Unit {
        NANOSECONDS("ns", 1),
        MICROSECONDS("us", 1_000),
        MILLISECONDS("ms", 1_000_000),
        SECONDS("s", 1_000_000_000),
        MINUTES("min", 60_000_000_000L),
        SHORT_MINUTES("m", 60_000_000_000L),
        HOURS("h", 3_600_000_000_000L),
        DAYS("d", 86_400_000_000_000L);

        private final String name;
        private final long nanos;

        Unit(String name, long nanos) {
            this.name = name;
            this.nanos = nanos;
        }
    }

    @Provide
    Arbitrary<Unit> units() {
        return Arbitraries.of(Unit.class);
    }

    @Provide
    Arbitrary<String> gaps() {
        return Arbitraries.of("", " ", "  ");
    }

    @Provide
    Arbitrary<Duration> shorterThanTwoMinutes() {
        // As many short ones as long ones; e^25.5 ns is 119 s.
        return Arbitraries.doubles()
                .between(0, 25.5)
                .ofScale(6)
                .map(log -> Duration.ofNanos(Math.round(Math.exp(log))));
    }
}
