package io.stampede;

import static io.stampede.scenario.Rate.perSecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stampede.assertj.LoadAssertions;
import io.stampede.internal.settings.Settings;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.scenario.Workload;
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
    void warmsUpBeforeItsPhases() {
        LoadResult result = LoadTest.named("warm")
                .settings(settings(Map.of("stampede.scale", "0.1")))
                .warmUp(Workload.burst(50))
                .workload(Workload.burst(100))
                .run(it -> {});

        assertThat(result.planned()).isEqualTo(10);
        assertThat(result.warmUp())
                .isNotNull()
                .satisfies(warmUp -> assertThat(warmUp.succeeded()).isEqualTo(5));
    }

    @Test
    void endsEarlyWhereItIsTold() {
        LoadResult result = LoadTest.named("hopeless")
                .settings(settings(Map.of()))
                .workload(Workload.arrivals(perSecond(100), Duration.ofSeconds(60)))
                .gauge("line", () -> 7)
                .abortWhen("success rate < 10 % for 20s")
                .abortWhen("line > 5 for 1s")
                .run(it -> {});

        assertThat(result.abortedBy()).startsWith("line > 5 for 1s: it was 7 or more, after ");
        assertThat(result.endedEarly()).isNull();
    }

    @Test
    void refusesARuleThatItDoesNotUnderstand() {
        assertThatThrownBy(() -> LoadTest.named("odd")
                        .workload(Workload.burst(1))
                        .abortWhen("all is lost")
                        .run(it -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Load test odd: abortWhen(\"all is lost\"), but it must be a metric, a bound and a window, such"
                                + " as \"response time p95 > 1 s for 5s\"");
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

    @Test
    void refusesMoreUsersThanThreads() {
        LoadTest crowd = LoadTest.named("crowd")
                .settings(settings(Map.of("stampede.concurrency.max", "10")))
                .workload(Workload.users(11, Duration.ofSeconds(1)));

        assertThatThrownBy(() -> crowd.run(it -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("users = 11 in phase phase 1, but it must be at most stampede.concurrency.max, which is 10."
                        + " Raise it, or take fewer users.");
    }

    private static Settings settings(Map<String, String> properties) {
        return new Settings(
                Map.of("STAMPEDE_PROGRESS", "off", "STAMPEDE_HISTORY", "off"),
                properties::get,
                key -> Optional.empty());
    }
}
