package io.stampede.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTests {

    @Test
    void countsHaveCommas() {
        assertThat(Numbers.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Numbers.count(0)).isEqualTo("0");
    }

    @Test
    void timesHaveAUnitAndAreADashIfNothingWasMeasured() {
        assertThat(Numbers.nanos(1_234_000)).isEqualTo("1.23 ms");
        assertThat(Numbers.nanos(Double.NaN)).isEqualTo("-");
    }

    @Test
    void changesHaveASign() {
        assertThat(Numbers.change(0.125)).isEqualTo("+12.5 %");
        assertThat(Numbers.change(-0.5)).isEqualTo("-50 %");
        assertThat(Numbers.change(0)).isEqualTo("+0 %");
    }
}
