package io.stampede;

import static io.stampede.scenario.Rate.perSecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stampede.assertj.LoadAssertions;
import io.stampede.internal.settings.Settings;
import io.stampede.metric.Band;
import io.stampede.metric.Metric;
import io.stampede.metric.Unit;
import io.stampede.result.BreakingPoint;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Workload;
import io.stampede.targets.Target;
import io.stampede.targets.Targets;
import io.stampede.verdict.FinishedRun;
import io.stampede.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

class LoadTestTests {

    @Test
    void runsItsPhasesOneAfterTheOther() {
        LoadResult result = LoadTest.named("phases")
                .settings(settings(Map.of()))
                .phase("warm", Workload.burst(10))
                .phase("hot", Workload.arrivals(perSecond(200), Duration.ofMillis(200)))
                .gauge("level", () -> 5)
                .fact("shop", "in memory")
                .run(it -> it.completesWith(CompletableFuture.completedFuture(it.index())))
                .result();

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
                .run(it -> {})
                .result();

        assertThat(result.planned()).isEqualTo(10);
        assertThat(result.scenario().scale()).isEqualTo(0.1);
    }

    @Test
    void warmsUpBeforeItsPhases() {
        LoadResult result = LoadTest.named("warm")
                .settings(settings(Map.of("stampede.scale", "0.1")))
                .warmUp(Workload.burst(50))
                .workload(Workload.burst(100))
                .run(it -> {})
                .result();

        assertThat(result.planned()).isEqualTo(10);
        assertThat(result.warmUp())
                .isNotNull()
                .satisfies(warmUp -> assertThat(warmUp.outcomes().succeeded()).isEqualTo(5));
    }

    @Test
    void endsEarlyWhereItIsTold() {
        LoadResult result = LoadTest.named("hopeless")
                .settings(settings(Map.of()))
                .workload(Workload.arrivals(perSecond(100), Duration.ofSeconds(60)))
                .gauge("line", () -> 7)
                .abortWhen("success rate < 10 % for 20s")
                .abortWhen("line > 5 for 1s")
                .run(it -> {})
                .result();

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
        Map<String, String> strict = Map.of("stampede.validity.hiccup", "1ns");
        FinishedRun warned = watched(Map.of("stampede.validity.hiccup", "1ns", "stampede.validity", "warn"));

        assertThatThrownBy(() -> watched(strict))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("cannot be judged")
                .hasMessageContaining("stampede.validity.hiccup")
                .isInstanceOfSatisfying(InvalidRunException.class, e -> {
                    assertThat(e.run().verdict().outcome()).isEqualTo(Verdict.Outcome.INVALID);
                    assertThat(e.run().result().ended()).isEqualTo(20);
                });
        LoadAssertions.assertThat(warned).meetsTargets();
    }

    @Test
    void failsIfTheGeneratorWasAtFaultAndTheUserWantsThat() {
        Map<String, String> properties = Map.of("stampede.validity.hiccup", "1ns", "stampede.validity", "fail");

        assertThatThrownBy(() -> watched(properties))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("INVALID: watched: cannot be judged, the load generator was at fault: ");
    }

    private static FinishedRun watched(Map<String, String> properties) {
        return LoadTest.named("watched")
                .settings(settings(properties))
                .workload(Workload.arrivals(perSecond(100), Duration.ofMillis(200)))
                .run(it -> {});
    }

    @Test
    void judgesASpikeByItsTargetsAndItsOwnLimits() {
        FinishedRun run = LoadTest.named("spike in code")
                .settings(settings(Map.of()))
                .spike(20, new Kind.Spike(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(20)))
                .backlog("line", () -> 0)
                .targets(Targets.of(Target.of("line", "< 1")))
                .run(it -> {});

        assertThat(run.verdict().rows())
                .extracting(Verdict.Row::label)
                .containsExactly("line", "All done", "Mean response time", "Recovery");
        assertThat(run.result().ended()).isEqualTo(20);
        LoadAssertions.assertThat(run).meetsTargets().gauge("line").max().isZero();
    }

    @Test
    void searchesTheBreakingPointByTheLimitsThatItIsGiven() {
        Kind.Stress steps = new Kind.Stress(4, 40, 4, Duration.ofMillis(10), 0, 1, List.of());

        FinishedRun run = LoadTest.named("stress in code")
                .settings(settings(Map.of()))
                .stress(steps)
                .gauge("filling", Unit.PERCENT, () -> 12)
                .breaksWhen("success rate < 50 %", "filling > 90 %")
                .run(it -> {
                    if (it.phase().startsWith("12 ")) {
                        throw new IllegalStateException("full");
                    }
                });

        BreakingPoint point = Objects.requireNonNull(run.result().breakingPoint());
        assertThat(point.broke()).isEqualTo(12);
        assertThat(point.capacity()).isEqualTo(8);
        assertThat(point.reason()).isEqualTo("success rate 0 %, limit 50 %");
        assertThat(run.result().value(new Metric.Capacity())).isEqualTo(8);
    }

    @Test
    void failsOnTheBandThatItIsTold() {
        Targets targets = Targets.of(Target.of("success rate", "> 90 %", "> 40 %"));

        for (Band band : List.of(Band.CRITICAL, Band.ACCEPTABLE)) {
            FinishedRun run = LoadTest.named("half")
                    .settings(settings(Map.of()))
                    .workload(Workload.burst(10))
                    .targets(targets)
                    .failOn(band)
                    .run(it -> {
                        if (it.index() % 2 == 0) {
                            throw new IllegalStateException("even");
                        }
                    });

            assertThat(run.passed()).isEqualTo(band == Band.CRITICAL);
        }
    }

    @Test
    void asksForItsOwnSettingsLast() {
        LoadTest test = LoadTest.named("own")
                .settings(settings(Map.of("stampede.scale", "0.5")))
                .setting("stampede.scale", "0.1")
                .setting("stampede.seed", "7")
                .workload(Workload.burst(10));

        LoadResult result = test.run(it -> {}).result();

        assertThat(result.planned()).isEqualTo(5);
        assertThat(result.scenario().seed()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"throughput", "Success  rate", "queue time", "lag", "response time p95", " "})
    void refusesAGaugeThatWouldBeTakenForAMeasure(String name) {
        assertThatThrownBy(() -> LoadTest.named("odd").gauge(name, () -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gauge \"" + name + "\": its name must ");
    }

    @Test
    void refusesTwoGaugesOfOneName() {
        LoadTest test = LoadTest.named("twice").gauge("in line", () -> 1);

        assertThatThrownBy(() -> test.gauge("In  Line", () -> 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gauge \"In Line\": its name must not be that of another gauge of the test, \"in line\";"
                        + " letter case and blanks do not tell names apart");
        assertThatThrownBy(() -> test.backlog("IN LINE", () -> 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> test.gauge("time in gc pauses", () -> 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not be that of a gauge that every run has by itself");
    }

    @Test
    void refusesASpikeWithAnotherWorkload() {
        assertThatThrownBy(
                        () -> LoadTest.named("both").workload(Workload.burst(1)).spike(5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("leave one out");
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
                Map.of("STAMPEDE_PROGRESS", "off", "STAMPEDE_HISTORY", "off", "STAMPEDE_LOCK", "off"),
                properties::get,
                key -> Optional.empty());
    }
}
