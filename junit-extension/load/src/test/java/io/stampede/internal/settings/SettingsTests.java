package io.stampede.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

    @Test
    void namesTheSettingThatIsWrong() {
        Settings settings = settings(Map.of(), Map.of("stampede.timeout", "soon", "stampede.scale", "ten"), Map.of());

        assertThatThrownBy(() -> settings.duration(TIMEOUT))
                .hasMessage("stampede.timeout must be a duration such as 50ms, 5s, 1.5min or 2h, but was \"soon\"");
        assertThatThrownBy(() -> settings.decimal(LoadSettings.SCALE))
                .hasMessage("stampede.scale must be a number such as 0.1, but was \"ten\"");
    }

    @Test
    void readsPercentagesAsShares() {
        assertThat(settings(Map.of(), Map.of("stampede.validity.gc", "12.5 %"), Map.of())
                        .share(LoadSettings.VALIDITY_GC))
                .contains(0.125);
        for (String wrong : List.of("12", "%", "101%", "-1%", "ten%", "NaN%")) {
            assertThatThrownBy(() -> settings(Map.of(), Map.of("stampede.validity.gc", wrong), Map.of())
                            .share(LoadSettings.VALIDITY_GC))
                    .hasMessage("stampede.validity.gc must be a percentage from 0% to 100%, but was \"" + wrong + "\"");
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
