package io.stampede.internal.engine;

import static io.stampede.internal.engine.Runs.noWorkerIsLeft;
import static io.stampede.scenario.Rate.perSecond;
import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.internal.plan.Plan;
import io.stampede.metric.Band;
import io.stampede.metric.Unit;
import io.stampede.operation.Iteration;
import io.stampede.operation.Operation;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.result.Snapshot;
import io.stampede.scenario.AbortRule;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.targets.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that have something before them, or end before their plan does. */
@Timeout(120)
class EarlyEndTests {

    private static final Workload LONG = Workload.arrivals(perSecond(100), Duration.ofSeconds(60));

    private final List<Snapshot> shown = Collections.synchronizedList(new ArrayList<>());

    @Test
    void keepsTheWarmUpOutOfEveryFigure() {
        AtomicInteger level = new AtomicInteger();
        GaugeSource gauge = new GaugeSource("level", Unit.COUNT, false, level::doubleValue);
        Operation operation = it -> {
            boolean warming = it.phase().equals("warm-up");
            level.set(warming ? 1000 : 1);
            if (warming) {
                throw new IllegalStateException("cold");
            }
        };

        LoadResult result = run(
                scenario(Workload.arrivals(perSecond(200), Duration.ofMillis(300)), Workload.burst(50)),
                operation,
                gauge);

        assertThat(result.planned()).isEqualTo(50);
        assertThat(result.started()).isEqualTo(50);
        assertThat(result.succeeded()).isEqualTo(50);
        assertThat(result.failed()).isZero();
        assertThat(result.failures()).isEmpty();
        assertThat(result.failureTime().isEmpty()).isTrue();
        assertThat(result.phases()).extracting(PhaseResult::name).containsExactly("phase 1");
        assertThat(result.series())
                .allSatisfy(interval -> assertThat(interval.outcomes().failed()).isZero());
        assertThat(result.gauge("level"))
                .get()
                .satisfies(series -> assertThat(series.last()).isEqualTo(1));
        assertThat(result.warmUp()).isNotNull().satisfies(warmUp -> {
            assertThat(warmUp.name()).isEqualTo("warm-up");
            assertThat(warmUp.planned()).isEqualTo(60);
            assertThat(warmUp.outcomes().succeeded()).isZero();
            assertThat(warmUp.outcomes().failed()).isEqualTo(60);
            assertThat(warmUp.elapsed()).isGreaterThan(Duration.ofMillis(250));
            assertThat(warmUp.settled()).isNotNull();
        });
    }

    @Test
    void givesARunTheSameIndicesWithAndWithoutAWarmUp() {
        Set<Long> warming = ConcurrentHashMap.newKeySet();
        Set<Long> running = ConcurrentHashMap.newKeySet();

        run(
                scenario(Workload.burst(20), Workload.burst(30)),
                it -> (it.phase().equals("warm-up") ? warming : running).add(it.index()));

        assertThat(warming)
                .containsExactlyInAnyOrderElementsOf(Stream.iterate(Iteration.WARM_UP_INDEX, i -> i + 1)
                        .limit(20)
                        .toList());
        assertThat(running)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.iterate(0L, i -> i + 1).limit(30).toList());
    }

    @Test
    void waitsAfterTheWarmUpUntilBacklogsAreGone() {
        AtomicInteger backlog = new AtomicInteger(100);
        AtomicInteger seen = new AtomicInteger(-1);
        GaugeSource gauge =
                new GaugeSource("backlog", Unit.COUNT, true, () -> backlog.get() > 0 ? backlog.decrementAndGet() : 0);

        run(
                scenario(Workload.burst(5), Workload.burst(1)),
                it -> {
                    if (it.phase().equals("phase 1")) {
                        seen.set(backlog.get());
                    }
                },
                gauge);

        assertThat(seen).hasValue(0);
    }

    @Test
    void showsTheWarmUpInTheProgressByItsOwnPlan() {
        run(scenario(Workload.arrivals(perSecond(100), Duration.ofMillis(600)), Workload.burst(7)), it -> {});

        Snapshot end = shown.remove(shown.size() - 1);
        assertThat(end.stage()).isEqualTo(Snapshot.Stage.LOAD);
        assertThat(end.ended()).isEqualTo(7).isEqualTo(end.planned());
        assertThat(shown).isNotEmpty().allSatisfy(snapshot -> {
            assertThat(snapshot.stage()).isEqualTo(Snapshot.Stage.WARM_UP);
            assertThat(snapshot.phase()).isEqualTo("warm-up");
            assertThat(snapshot.planned()).isEqualTo(60);
            assertThat(snapshot.plan()).isEqualTo(Duration.ofMillis(600));
        });
    }

    @Test
    void endsWithTheWarmUpWhereItIsInterruptedThere() throws InterruptedException {
        CompletableFuture<LoadResult> result = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        Set<String> phases = ConcurrentHashMap.newKeySet();
        Thread runner = new Thread(() -> {
            LoadResult ended = run(scenario(LONG, Workload.burst(1000)), it -> {
                phases.add(it.phase());
                begun.countDown();
            });
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            result.complete(ended);
        });
        runner.start();
        begun.await();

        runner.interrupt();
        runner.join(20_000);

        assertThat(result).isCompleted();
        assertThat(result.join().endedEarly()).isEqualTo("interrupted during the warm-up, after 0 of 1,000 operations");
        assertThat(result.join().warmUp()).isNotNull();
        assertThat(phases).containsExactly("warm-up");
        noWorkerIsLeft();
    }

    @Test
    void endsWithTheWarmUpWhereItIsStoppedThere() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Scenario scenario = scenario(LONG, Workload.burst(1000));
        Engine engine = engine(scenario, it -> begun.countDown());
        CompletableFuture<LoadResult> result =
                CompletableFuture.supplyAsync(() -> engine.run(Plan.of(scenario, step -> Optional.empty())));
        begun.await();

        engine.stop("stopped with the JVM");

        assertThat(result.join().endedEarly())
                .isEqualTo("stopped with the JVM during the warm-up, after 0 of 1,000 operations");
        noWorkerIsLeft();
    }

    @Test
    void endsARunWhoseRuleIsBroken() {
        Operation operation = it -> {
            if (it.index() >= 50) {
                throw new IllegalStateException("gone");
            }
        };

        LoadResult result = run(scenario(null, List.of("success rate < 90% for 1s"), LONG, LONG), operation);

        assertThat(result.abortedBy())
                .startsWith("success rate < 90% for 1s: it was ")
                .contains(" %, after ")
                .endsWith(" of 12,000 operations");
        assertThat(result.endedEarly()).isNull();
        assertThat(result.generator().faults()).isEmpty();
        assertThat(result.ended()).isBetween(100L, 5900L);
        assertThat(result.phases()).as("the second phase does not begin").hasSize(1);
        noWorkerIsLeft();
    }

    @Test
    void endsARunWhoseTargetStandsStill() {
        Operation operation = it -> {
            if (it.index() >= 100) {
                Thread.sleep(60_000);
            }
        };

        LoadResult result = run(scenario(null, List.of("throughput < 50 ops/s for 1s"), LONG), operation);

        assertThat(result.abortedBy()).startsWith("throughput < 50 ops/s for 1s: it was ");
        assertThat(result.ended()).as("operations under way are not counted").isEqualTo(100);
        noWorkerIsLeft();
    }

    @Test
    void endsARunWhoseGaugeIsBeyondItsBound() {
        AtomicInteger queue = new AtomicInteger();
        GaugeSource gauge = new GaugeSource("queue size", Unit.COUNT, false, queue::doubleValue);

        LoadResult result =
                run(scenario(null, List.of("queue size > 100 for 1s"), LONG), it -> queue.incrementAndGet(), gauge);

        assertThat(result.abortedBy())
                .startsWith("queue size > 100 for 1s: it was ")
                .contains(" or more, after ");
    }

    @Test
    void doesNotBlameTheGeneratorForWhatFollowsFromAHopelessTarget() {
        EngineSettings narrow =
                new EngineSettings(Threads.PLATFORM, 4, Duration.ofMillis(100), Duration.ZERO, Duration.ofMillis(200));
        java.util.concurrent.atomic.AtomicBoolean release = new java.util.concurrent.atomic.AtomicBoolean();
        Operation deaf = it -> {
            while (!release.get()) {
                Thread.onSpinWait();
            }
        };
        Scenario scenario = scenario(null, List.of("throughput < 1 ops/s for 1s"), LONG);

        LoadResult result = new Engine(scenario, deaf, List.of(), Map.of(), narrow, shown::add)
                .run(Plan.of(scenario, step -> Optional.empty()));
        release.set(true);

        assertThat(result.generator().faults()).isEmpty();
        assertThat(result.abortedBy()).contains(" of 6,000 operations; ").contains("did not end within 200 ms");
    }

    @Test
    void takesNoNoticeOfRulesInTheWarmUp() {
        LoadResult result = run(
                scenario(
                        Workload.arrivals(perSecond(50), Duration.ofMillis(1500)),
                        List.of("success rate < 90% for 1s"),
                        Workload.burst(10)),
                it -> {
                    if (it.phase().equals("warm-up")) {
                        throw new IllegalStateException("cold");
                    }
                });

        assertThat(result.abortedBy()).isNull();
        assertThat(result.succeeded()).isEqualTo(10);
    }

    private LoadResult run(Scenario scenario, Operation operation, GaugeSource... gauges) {
        return engine(scenario, operation, gauges).run(Plan.of(scenario, step -> Optional.empty()));
    }

    private Engine engine(Scenario scenario, Operation operation, GaugeSource... gauges) {
        return new Engine(scenario, operation, List.of(gauges), Map.of(), EngineSettings.DEFAULT, shown::add);
    }

    private static Scenario scenario(Workload warmUp, Workload workload) {
        return scenario(warmUp, List.of(), workload);
    }

    private static Scenario scenario(@Nullable Workload warmUp, List<String> abortWhen, Workload... workloads) {
        List<Phase> phases = new ArrayList<>();
        for (Workload workload : workloads) {
            phases.add(new Phase("phase " + (phases.size() + 1), workload));
        }
        List<AbortRule> rules = abortWhen.stream()
                .map(text -> AbortRule.parse(text, Map.of("queue size", Unit.COUNT)))
                .toList();
        return new Scenario(
                "test",
                new Kind.Custom(),
                phases,
                new Targets(List.of(), "none"),
                Band.CRITICAL,
                Duration.ofSeconds(60),
                1,
                42,
                warmUp == null ? null : new Phase(Iteration.WARM_UP_PHASE, warmUp),
                rules);
    }
}
