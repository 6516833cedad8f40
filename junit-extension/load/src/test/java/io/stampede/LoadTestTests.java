package io.stampede;

import static io.stampede.scenario.Rate.perSecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stampede.assertj.LoadAssertions;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.scenario.Workload;
import io.stampede.settings.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LoadTestTests {

    @Test
    void runsItsPhasesOneAfterTheOther() {
        LoadResult result = LoadTest.named("phases")
                .settings(settings(Map.of()))
                .phase("warm", Workload.burst(10))
                .phase("hot", Workload.arrivals(perSecond(200), Duration.ofMillis(200)))
                .gauge("level", () -> 5)
                .fact("shop", "in memory")
                .run(it -> it.completesWith(CompletableFuture.completedFuture(it.index())));

        assertThat(result.phases()).extracting(PhaseResult::name).containsExactly("warm", "hot");
        assertThat(result.succeeded()).isEqualTo(50);
        assertThat(result.facts()).containsEntry("shop", "in memory");
        assertThat(result.gauge("level"))
                .get()
                .satisfies(gauge -> assertThat(gauge.max()).isEqualTo(5));
    }

    @Test
    void followsTheScale() {
        LoadResult result = LoadTest.named("scaled")
                .settings(settings(Map.of("stampede.scale", "0.1")))
                .workload(Workload.burst(100))
                .run(it -> {});

        assertThat(result.planned()).isEqualTo(10);
        assertThat(result.scenario().scale()).isEqualTo(0.1);
    }

    @Test
    void judgesByTheLimitsThatItWasRunWith() {
        LoadResult strict = watched(Map.of("stampede.validity.hiccup", "1ns"));
        LoadResult warned = watched(Map.of("stampede.validity.hiccup", "1ns", "stampede.validity", "warn"));

        assertThatThrownBy(() -> LoadAssertions.assertThat(strict).meetsTargets())
                .hasMessageContaining("cannot be judged")
                .hasMessageContaining("stampede.validity.hiccup");
        LoadAssertions.assertThat(warned).meetsTargets();
    }

    private static LoadResult watched(Map<String, String> properties) {
        return LoadTest.named("watched")
                .settings(settings(properties))
                .workload(Workload.arrivals(perSecond(100), Duration.ofMillis(200)))
                .run(it -> {});
    }

    @Test
    void needsAWorkload() {
        assertThatThrownBy(() -> LoadTest.named("empty").run(it -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Load test empty has no workload: call workload(..) before run(..)");
    }

    private static Settings settings(Map<String, String> properties) {
        return new Settings(Map.of("STAMPEDE_PROGRESS", "off"), properties::get, key -> Optional.empty());
    }
}
