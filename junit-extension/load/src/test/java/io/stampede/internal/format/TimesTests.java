package io.stampede.internal.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTests {

    @ParameterizedTest
    @CsvSource({
        "50ms, PT0.05S",
        "5s, PT5S",
        "1.5 min, PT90S",
        "2h, PT2H",
        "10us, PT0.00001S",
        "1d, PT24H",
        "0ms, PT0S",
        "7m, PT7M"
    })
    void readsWhatPeopleWrite(String text, Duration expected) {
        assertThat(Times.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "ms", "-5s", "5 weeks", "1e3s", "5s5", "999999999999d", "٥s"})
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> Times.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }

    @Test
    void writesThreeDigitsAndAUnit() {
        assertThat(Times.formatNanos(999)).isEqualTo("999 ns");
        assertThat(Times.formatNanos(1234)).isEqualTo("1.23 us");
        assertThat(Times.formatNanos(999_600)).isEqualTo("1 ms");
        assertThat(Times.formatNanos(45e9)).isEqualTo("45 s");
        assertThat(Times.formatNanos(125e9)).isEqualTo("2 min 5 s");
        assertThat(Times.formatNanos(7200e9)).isEqualTo("2 h");
        assertThat(Times.number(0.0004)).isEqualTo("0");
        assertThat(Times.number(1234567)).isEqualTo("1,234,567");
    }

    @Test
    void writesWhatIsHugeNegativeOrInfiniteAsItIs() {
        assertThat(Times.number(Double.MAX_VALUE)).isEqualTo("1.80e308");
        assertThat(Times.number(-1e300)).isEqualTo("-1.00e300");
        assertThat(Times.number(Long.MAX_VALUE)).isEqualTo("9,223,372,036,854,775,807");
        assertThat(Times.number(Double.POSITIVE_INFINITY)).isEqualTo("infinity");
        assertThat(Times.number(Double.NEGATIVE_INFINITY)).isEqualTo("-infinity");
        assertThat(Times.formatNanos(-125e9)).isEqualTo("-2 min 5 s");
        assertThat(Times.formatNanos(1e300)).isEqualTo("2.78e287 h");
        assertThat(Times.formatNanos(Double.POSITIVE_INFINITY)).isEqualTo("infinity");
        assertThat(Times.percent(1e300)).isEqualTo("1.00e300 %");
        assertThat(Times.percent(Double.NEGATIVE_INFINITY)).isEqualTo("-infinity");
        assertThat(Times.bytes(1e300)).isEqualTo("8.67e281 EiB");
        assertThat(Times.bytes(Double.POSITIVE_INFINITY)).isEqualTo("infinity");
    }
}
