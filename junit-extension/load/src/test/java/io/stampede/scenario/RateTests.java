package io.stampede.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200/s            | 200
            0.5/s            | 0.5
            30/min           | 0.5
            1800 / h         | 0.5
            1,000 ops/sec    | 1000
            90 per minute    | 1.5
            7200 OPS/HOUR    | 2
            """)
    void readsWhatPeopleWrite(String text, double perSecond) {
        assertThat(Rate.parse(text).perSecond()).isCloseTo(perSecond, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "200", "200/", "/s", "-5/s", "1e3/s", "200/day", "2,00/s"})
    void saysWhatARateLooksLike(String text) {
        assertThatThrownBy(() -> Rate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be a rate such as 200/s, 30/min or 1000/h, but was \"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/s", "10000001/s", "999999999999/s"})
    void saysWhichRatesAreAllowed(String text) {
        assertThatThrownBy(() -> Rate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be more than 0 and at most 10,000,000/s, but was \"" + text + "\"");
    }

    @Test
    void knowsHours() {
        assertThat(Rate.perHour(7200)).isEqualTo(Rate.perSecond(2));
    }
}
