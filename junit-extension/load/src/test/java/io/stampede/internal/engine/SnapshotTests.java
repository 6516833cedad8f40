package io.stampede.internal.engine;

import static io.stampede.scenario.Rate.perSecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stampede.internal.plan.Plan;
import io.stampede.metric.Band;
import io.stampede.metric.Unit;
import io.stampede.operation.Iteration;
import io.stampede.operation.Operation;
import io.stampede.result.Distribution;
import io.stampede.result.LoadResult;
import io.stampede.result.Snapshot;
import io.stampede.scenario.AbortRule;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.targets.Target;
import io.stampede.targets.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What those hear who follow a run. */
class SnapshotTests {

    private final List<Snapshot> shown = new ArrayList<>();

    @Test
    void togetherHoldEveryOperationOnce() {
        LoadResult result = run(
                scenario(new Kind.Custom(), List.of(), Workload.arrivals(perSecond(200), Duration.ofMillis(1700))),
                SnapshotTests::everyTenthFails);

        assertThat(shown).hasSizeGreaterThan(2);
        assertThat(together()).isEqualTo(result.responseTime());
        assertThat(shown.stream()
                        .map(snapshot -> snapshot.news().serviceTime())
                        .reduce(Distribution.EMPTY, Distribution::plus))
                .isEqualTo(result.serviceTime());
        assertThat(last().progress().succeeded()).isEqualTo(result.succeeded()).isEqualTo(306);
        assertThat(last().progress().failed()).isEqualTo(34);
        assertThat(last().due()).isEqualTo(340);
    }

    @Test
    void comeNoOftenerWhereARuleLooksAtTheRunTenTimesASecond() {
        LoadResult result = run(
                scenario(
                        new Kind.Custom(),
                        List.of("success rate < 10% for 1s"),
                        Workload.arrivals(perSecond(200), Duration.ofMillis(2100))),
                SnapshotTests::everyTenthFails);

        assertThat(shown).hasSizeBetween(2, 6);
        assertThat(together()).isEqualTo(result.responseTime());
    }

    @Test
    void sayWhatWasDueOverAllPhases() {
        run(
                scenario(
                        new Kind.Custom(),
                        List.of(),
                        Workload.burst(30),
                        Workload.paced(40, Duration.ofMillis(30)),
                        Workload.users(1, Duration.ofMillis(700))),
                it -> Thread.sleep(5));

        List<Snapshot> paced = shown.stream()
                .filter(snapshot -> snapshot.phase().equals("phase 2"))
                .toList();
        assertThat(paced)
                .isNotEmpty()
                .allSatisfy(snapshot -> assertThat(snapshot.due()).isBetween(31.0, 70.0));
        assertThat(shown)
                .filteredOn(snapshot -> snapshot.phase().equals("phase 3"))
                .isNotEmpty()
                .allSatisfy(snapshot -> assertThat(snapshot.due()).isNaN());
        assertThat(last().due()).isCloseTo(70, within(0.0));
    }

    @Test
    void countAsDueWhatWasDueUntilTheRunWasStopped() {
        LoadResult result = run(
                scenario(
                        new Kind.Custom(),
                        List.of("success rate < 10% for 1s"),
                        Workload.burst(10),
                        Workload.arrivals(perSecond(100), Duration.ofHours(1)),
                        Workload.burst(1000)),
                it -> {
                    throw new IllegalStateException("gone");
                });

        assertThat(result.abortedBy()).isNotNull();
        assertThat(last().phase()).as("of the whole").isEmpty();
        assertThat(last().due())
                .isGreaterThanOrEqualTo((double) last().ended())
                .isLessThanOrEqualTo(10 + 1 + 100 * (last().elapsed().toNanos() / 1e9));
        assertThat(shown).extracting(Snapshot::due).isSorted();
    }

    @Test
    void haveNothingDueWhereThereAreButUsers() {
        AtomicInteger reads = new AtomicInteger();
        GaugeSource backlog =
                new GaugeSource("backlog", Unit.COUNT, true, () -> Math.max(0, 300 - reads.incrementAndGet()));
        Workload users = Workload.users(2, Duration.ofMillis(700));
        Scenario scenario = new Scenario(
                "test",
                new Kind.Custom(),
                List.of(new Phase("users", users)),
                new Targets(List.of(), "none"),
                Band.CRITICAL,
                Duration.ofSeconds(60),
                1,
                42,
                new Phase(Iteration.WARM_UP_PHASE, users),
                List.of());

        new Engine(scenario, it -> Thread.sleep(5), List.of(backlog), Map.of(), EngineSettings.DEFAULT, shown::add)
                .run(Plan.of(scenario, step -> Optional.empty()));

        assertThat(last().ended()).isPositive();
        assertThat(shown)
                .filteredOn(snapshot -> snapshot.stage() == Snapshot.Stage.WARM_UP)
                .hasSizeGreaterThan(1);
        assertThat(shown).allSatisfy(snapshot -> assertThat(snapshot.due()).isNaN());
    }

    @Test
    void goOnWhileGaugesRecoverFromASpike() {
        AtomicInteger reads = new AtomicInteger();
        GaugeSource queue =
                new GaugeSource("queue size", Unit.COUNT, true, () -> Math.max(0, 300 - reads.incrementAndGet()));
        Scenario spike = new Scenario(
                "test",
                new Kind.Spike(Duration.ofSeconds(20)),
                List.of(new Phase("burst", Workload.burst(5))),
                Targets.of(Target.of("Queue size max", "< 1")),
                Band.CRITICAL,
                Duration.ofSeconds(60),
                1,
                42);

        new Engine(spike, it -> {}, List.of(queue), Map.of(), EngineSettings.DEFAULT, shown::add)
                .run(Plan.of(spike, step -> Optional.empty()));

        assertThat(shown)
                .filteredOn(snapshot -> snapshot.stage() == Snapshot.Stage.RECOVERY)
                .hasSizeGreaterThan(1)
                .allSatisfy(snapshot -> assertThat(snapshot.ended()).isEqualTo(5));
        assertThat(last().gauges())
                .hasEntrySatisfying(
                        "queue size", reading -> assertThat(reading.value()).isLessThanOrEqualTo(1));
    }

    private static void everyTenthFails(Iteration it) {
        if (it.index() % 10 == 0) {
            throw new IllegalStateException("tenth");
        }
    }

    private Distribution together() {
        return shown.stream()
                .map(snapshot -> snapshot.news().responseTime())
                .reduce(Distribution.EMPTY, Distribution::plus);
    }

    private Snapshot last() {
        return shown.get(shown.size() - 1);
    }

    private LoadResult run(Scenario scenario, Operation operation) {
        return new Engine(scenario, operation, List.of(), Map.of(), EngineSettings.DEFAULT, shown::add)
                .run(Plan.of(scenario, step -> Optional.empty()));
    }

    private static Scenario scenario(Kind kind, List<String> abortWhen, Workload... workloads) {
        List<Phase> phases = new ArrayList<>();
        for (Workload workload : workloads) {
            phases.add(new Phase("phase " + (phases.size() + 1), workload));
        }
        return new Scenario(
                "test",
                kind,
                phases,
                new Targets(List.of(), "none"),
                Band.CRITICAL,
                Duration.ofSeconds(60),
                1,
                42,
                null,
                abortWhen.stream().map(text -> AbortRule.parse(text, Map.of())).toList());
    }
}
