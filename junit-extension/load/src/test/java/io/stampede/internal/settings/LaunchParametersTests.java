package io.stampede.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaunchParametersTests {

    private final LaunchParameters parameters = new LaunchParameters();

    @Test
    void areThoseOfTheOutermostPlan() {
        begin("outer", Map.of("stampede.scale", "0.1"));
        begin("inner", Map.of("stampede.scale", "0.5", "stampede.seed", "1"));

        assertThat(parameters.get("stampede.scale")).contains("0.1");
        assertThat(parameters.get("stampede.seed")).isEmpty();
        assertThat(parameters.keys()).containsExactly("stampede.scale");

        parameters.end("inner");
        assertThat(parameters.get("stampede.scale")).contains("0.1");
        parameters.end("outer");
        assertThat(parameters.get("stampede.scale")).isEmpty();
        assertThat(parameters.present()).isFalse();
    }

    @Test
    void lastUntilEveryListenerHasSaidThatThePlanEnded() {
        begin("plan", Map.of("stampede.scale", "0.1"));
        begin("plan", Map.of("stampede.scale", "0.1"));

        parameters.end("plan");
        parameters.end("another");

        assertThat(parameters.get("stampede.scale")).contains("0.1");
        parameters.end("plan");
        assertThat(parameters.present()).isFalse();
    }

    @Test
    void areToldByTheLauncherThatRunsThisTest() {
        assertThat(LaunchParameters.current().get("jqwik.database")).contains("target/jqwik-database");
        assertThat(LaunchParameters.current().keys()).contains("jqwik.database");
    }

    private void begin(String plan, Map<String, String> values) {
        parameters.begin(plan, values.keySet(), key -> Optional.ofNullable(values.get(key)));
    }
}
