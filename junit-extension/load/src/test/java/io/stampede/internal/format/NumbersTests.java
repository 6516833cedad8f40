package io.stampede.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({"0.0001, 0.0001", "0.1, 0.1", "0.0123456, 0.0123", "0.99999, 1", "1.5, 1.5", "100, 100"})
    void aScaleIsNeverNothing(double scale, String shown) {
        assertThat(Numbers.scale(scale)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0     | 0 operations
            1     | 1 operation
            12000 | 12,000 operations
            """)
    void oneOperationIsNotSeveral(long count, String shown) {
        assertThat(Numbers.operations(count)).isEqualTo(shown);
    }
}
