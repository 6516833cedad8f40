package io.stampede.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindTests {

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
    void refusesAResolutionThatIsNoFraction(double resolution) {
        assertThatThrownBy(() -> new Kind.Stress(1, 2, 1, Duration.ofSeconds(1), 0, resolution, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("resolution must be more than 0 and at most 1, but was " + resolution);
    }

    @ParameterizedTest
    @CsvSource({"950, 1000, true", "949, 1000, false", "0, 1, true", "7, 8, true", "7, 9, false", "0, 20, false"})
    void isNarrowWithinTheResolutionOrOneOperation(long good, long bad, boolean narrow) {
        assertThat(new Kind.Stress(1, 2, 1, Duration.ofSeconds(1), 0).narrow(good, bad))
                .isEqualTo(narrow);
    }

    @Test
    void keepsItsResolutionAtAnyScale() {
        Kind.Stress scaled = new Kind.Stress(100, 2000, 100, Duration.ofSeconds(5), 500, 0.1, List.of()).scaled(0.1);

        assertThat(scaled).isEqualTo(new Kind.Stress(10, 200, 10, Duration.ofSeconds(5), 50, 0.1, List.of()));
    }

    @Test
    void hasNoMoreStepsThanItMayWhereTheyAreRoundedDown() {
        // A tenth of 14 is rounded to 1, and would give 1,400 steps.
        Kind.Stress scaled = new Kind.Stress(14, 14_000, 14, Duration.ofSeconds(5), 0).scaled(0.1);

        assertThat(scaled.step()).isEqualTo(2);
    }
}
