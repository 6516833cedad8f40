package io.stampede.report.allure;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stampede.internal.settings.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportSettingsTests {

    private final ReportSettings settings = new ReportSettings();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            stampede.live              | yes   | but it must be true or false.
            stampede.live.port         | 99999 | but it must be 0 to 65,535.
            stampede.report.html       | nope  | but it must be true or false.
            stampede.readiness         | ja    | but it must be true or false.
            stampede.readiness.max-age | old   | but it must be a duration such as 50ms, 5s, 1.5min or 2h.
            """)
    void namesAValueThatIsWrongBeforeTheLoad(String key, String value, String rule) {
        assertThatThrownBy(() -> settings.check(set(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(key + " = " + value + " (configuration parameter of JUnit), " + rule);
    }

    @ParameterizedTest
    @CsvSource({"stampede.report.dir", "stampede.readiness.dir", "stampede.allure.history.dir"})
    void namesAPathThatCannotBe(String key) {
        assertThatThrownBy(() -> settings.check(set(key, "a\0b")))
                .hasMessageStartingWith(key + " = ")
                .hasMessageEndingWith("but it must be a path.");
    }

    @Test
    void takesWhatIsRight() {
        assertThatCode(() -> settings.check(set("stampede.live", "TRUE"))).doesNotThrowAnyException();
    }

    private static Settings set(String key, String value) {
        return new Settings(Map.of(), any -> null, asked -> Optional.of(value).filter(v -> asked.equals(key)));
    }
}
