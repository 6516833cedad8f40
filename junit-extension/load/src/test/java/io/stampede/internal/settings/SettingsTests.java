package io.stampede.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stampede.metric.Band;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTests {

    private static final Setting TIMEOUT = LoadSettings.TIMEOUT;

    @Test
    void takesPropertyBeforeVariableBeforePlatform() {
        Map<String, String> platform = Map.of("stampede.timeout", "1s");
        Map<String, String> variables = Map.of("STAMPEDE_TIMEOUT", "2s");
        Map<String, String> properties = Map.of("stampede.timeout", "3s");

        assertThat(settings(Map.of(), Map.of(), platform).duration(TIMEOUT)).contains(Duration.ofSeconds(1));
        assertThat(settings(variables, Map.of(), platform).duration(TIMEOUT)).contains(Duration.ofSeconds(2));
        assertThat(settings(variables, properties, platform).duration(TIMEOUT)).contains(Duration.ofSeconds(3));
        assertThat(settings(Map.of(), properties, platform).duration(TIMEOUT)).contains(Duration.ofSeconds(3));
        assertThat(settings(Map.of(), Map.of(), Map.of()).duration(TIMEOUT)).isEmpty();
    }

    @Test
    void takesABlankValueForNone() {
        Map<String, String> blank = Map.of("stampede.timeout", " ", "STAMPEDE_TIMEOUT", "");

        assertThat(settings(blank, blank, Map.of("stampede.timeout", "1s")).duration(TIMEOUT))
                .contains(Duration.ofSeconds(1));
        assertThat(settings(blank, blank, blank).duration(TIMEOUT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            soon    | stampede.timeout = soon (system property, as by -D on the command line), but it must be a duration such as 50ms, 5s, 1.5min or 2h.
            -1s     | stampede.timeout = -1s (system property, as by -D on the command line), but it must be a duration such as 50ms, 5s, 1.5min or 2h.
            0s      | stampede.timeout = 0s (system property, as by -D on the command line), but it must be 1ns to 7d.
            8d      | stampede.timeout = 8d (system property, as by -D on the command line), but it must be 1ns to 7d.
            """)
    void namesADurationThatIsWrong(String text, String message) {
        Settings settings = settings(Map.of(), Map.of("stampede.timeout", text), Map.of());

        assertThatThrownBy(() -> settings.duration(TIMEOUT, Duration.ofNanos(1), Duration.ofDays(7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void writesBoundsAsUsersWriteThem() {
        Settings settings = settings(Map.of(), Map.of("stampede.timeout", "8d"), Map.of());

        assertThatThrownBy(() -> settings.duration(TIMEOUT, Duration.ZERO, Duration.ofMillis(10)))
                .hasMessage(
                        "stampede.timeout = 8d (system property, as by -D on the command line), but it must be 0ms to 10ms.");
        assertThatThrownBy(() -> settings.duration(TIMEOUT, Duration.ofMillis(1500), Duration.ofMinutes(90)))
                .hasMessage(
                        "stampede.timeout = 8d (system property, as by -D on the command line), but it must be 1500ms to 90min.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ten  | stampede.scale = ten (system property, as by -D on the command line), but it must be a number such as 0.1.
            -1   | stampede.scale = -1 (system property, as by -D on the command line), but it must be more than 0 and at most 1,000.
            0    | stampede.scale = 0 (system property, as by -D on the command line), but it must be more than 0 and at most 1,000.
            1001 | stampede.scale = 1001 (system property, as by -D on the command line), but it must be more than 0 and at most 1,000.
            NaN  | stampede.scale = NaN (system property, as by -D on the command line), but it must be more than 0 and at most 1,000.
            """)
    void namesANumberThatIsWrong(String text, String message) {
        assertThatThrownBy(() -> settings(Map.of(), Map.of("stampede.scale", text), Map.of())
                        .positiveDecimal(LoadSettings.SCALE, LoadSettings.MAX_SCALE))
                .hasMessage(message);
    }

    @Test
    void namesAWholeNumberAFlagOrAChoiceThatIsWrong() {
        Settings settings = settings(
                Map.of(),
                Map.of(
                        "stampede.concurrency.max", "3000000000",
                        "stampede.seed", "1.5",
                        "stampede.history.accept", "yes",
                        "stampede.fail-on", "target"),
                Map.of());

        assertThatThrownBy(() -> settings.whole(LoadSettings.CONCURRENCY_MAX, 1, 1_000_000))
                .hasMessage(
                        "stampede.concurrency.max = 3000000000 (system property, as by -D on the command line), but it must be 1 to 1,000,000.");
        assertThatThrownBy(() -> settings.whole(LoadSettings.SEED))
                .hasMessage(
                        "stampede.seed = 1.5 (system property, as by -D on the command line), but it must be a whole number.");
        assertThatThrownBy(() -> settings.flag(LoadSettings.HISTORY_ACCEPT))
                .hasMessage(
                        "stampede.history.accept = yes (system property, as by -D on the command line), but it must be true or false.");
        assertThatThrownBy(() -> settings.choice(LoadSettings.FAIL_ON, List.of(Band.CRITICAL, Band.ACCEPTABLE)))
                .hasMessage(
                        "stampede.fail-on = target (system property, as by -D on the command line), but it must be critical or acceptable.");
    }

    @Test
    void saysWhereAWrongValueWasSet() {
        assertThatThrownBy(() -> settings(Map.of("STAMPEDE_TIMEOUT", "soon"), Map.of(), Map.of())
                        .duration(TIMEOUT))
                .hasMessageStartingWith("stampede.timeout = soon (environment variable STAMPEDE_TIMEOUT), but it must");
        assertThatThrownBy(() -> settings(Map.of(), Map.of(), Map.of("stampede.timeout", "soon"))
                        .duration(TIMEOUT))
                .hasMessageStartingWith("stampede.timeout = soon (configuration parameter of JUnit), but it must");
        assertThatThrownBy(() -> settings(Map.of(), Map.of(), Map.of())
                        .orElse(Map.of("stampede.timeout", "soon"))
                        .duration(TIMEOUT))
                .hasMessageStartingWith("stampede.timeout = soon (set in code), but it must");
        assertThatThrownBy(() -> settings(Map.of(), Map.of("stampede.history.dir", "a\0b"), Map.of())
                        .path(LoadSettings.HISTORY_DIR))
                .hasMessageContaining("stampede.history.dir = ")
                .hasMessageEndingWith("but it must be a path.");
    }

    @Test
    void readsPercentagesAsShares() {
        assertThat(settings(Map.of(), Map.of("stampede.validity.gc", "12.5 %"), Map.of())
                        .share(LoadSettings.VALIDITY_GC))
                .contains(0.125);
        for (String wrong : List.of("12", "%", "101%", "-1%", "ten%", "NaN%")) {
            assertThatThrownBy(() -> settings(Map.of(), Map.of("stampede.validity.gc", wrong), Map.of())
                            .share(LoadSettings.VALIDITY_GC))
                    .hasMessage(
                            "stampede.validity.gc = " + wrong
                                    + " (system property, as by -D on the command line), but it must be a percentage from 0% to 100%.");
        }
    }

    @Test
    void warnsOfSettingsThatNobodyKnows() {
        assertThat(UnknownSettings.warnings(
                        List.of("stampede.scal", "stampede.scale", "other.key"),
                        List.of("STAMPEDE_SEEDS", "STAMPEDE_SEED", "PATH")))
                .hasSize(2)
                .anySatisfy(warning -> assertThat(warning).startsWith("Unknown setting stampede.scal has no effect."))
                .anySatisfy(warning -> assertThat(warning).contains("STAMPEDE_SEEDS"));
    }

    private static Settings settings(
            Map<String, String> variables, Map<String, String> properties, Map<String, String> platform) {
        return new Settings(variables, properties::get, key -> Optional.ofNullable(platform.get(key)));
    }
}
