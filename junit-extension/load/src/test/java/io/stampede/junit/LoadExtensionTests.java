package io.stampede.junit;

import static io.stampede.scenario.Rate.perSecond;
import static io.stampede.scenario.Workload.Arrivals.Spacing.POISSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.metric.Band;
import io.stampede.operation.Iteration;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.scenario.Phase;
import io.stampede.scenario.PhaseSource;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.opentest4j.AssertionFailedError;

@Timeout(60)
class LoadExtensionTests {

    @Test
    void runsTheMethodAsOftenAsPlanned() {
        CountingTestCase.reset();

        EngineExecutionResults results = Fixtures.run(CountingTestCase.class);

        // Whether they pass is a matter of milliseconds here; how often they run is not.
        results.testEvents().assertStatistics(stats -> stats.started(6).finished(6));
        assertThat(CountingTestCase.calls).hasValue(30 + 20 + 40 + 25 + (5 + 10 + 15) + 12);
        assertThat(CountingTestCase.before).hasValue(6);
        assertThat(CountingTestCase.after).hasValue(6);
        assertThat(CountingTestCase.results).hasSize(6);
    }

    static class CountingTestCase {
        static final AtomicInteger calls = new AtomicInteger();
        static final AtomicInteger before = new AtomicInteger();
        static final AtomicInteger after = new AtomicInteger();
        static final Set<String> results = ConcurrentHashMap.newKeySet();

        static void reset() {
            calls.set(0);
            before.set(0);
            after.set(0);
            results.clear();
        }

        @BeforeEach
        void before() {
            before.incrementAndGet();
        }

        @AfterEach
        void after(LoadResult result) {
            after.incrementAndGet();
            results.add(result.scenario().name() + " " + result.succeeded());
        }

        @BasicLoadTest(concurrent = 30)
        void basic() {
            calls.incrementAndGet();
        }

        @SustainedLoadTest(total = 20, every = "5ms")
        void sustained() {
            calls.incrementAndGet();
        }

        @SpikeTest(concurrent = 40)
        void spike() {
            calls.incrementAndGet();
        }

        @EnduranceTest(total = 25, every = "4ms")
        void endurance() {
            calls.incrementAndGet();
        }

        @StressTest(from = 5, to = 15, step = 5)
        void stress() {
            calls.incrementAndGet();
        }

        @RampUpTest(to = 12, over = "100ms", every = "20ms")
        void rampUp() {
            calls.incrementAndGet();
        }
    }

    @Test
    void runsRatesAndPhasesAsPlanned() {
        WorkloadsTestCase.results.clear();

        Fixtures.run(WorkloadsTestCase.class)
                .testEvents()
                .assertStatistics(stats -> stats.started(3).finished(3));

        LoadResult rate = WorkloadsTestCase.result("rate");
        assertThat(rate.succeeded()).isEqualTo(100);
        assertThat(rate.elapsed()).isGreaterThan(Duration.ofMillis(480));
        assertThat(rate.scenario().describe()).isEqualTo("arrival rate: 200/s for 500 ms");
        assertThat(WorkloadsTestCase.result("random").succeeded()).isEqualTo(100);
        LoadResult day = WorkloadsTestCase.result("day");
        assertThat(day.phases()).extracting(PhaseResult::name).containsExactly("rush", "evening");
        assertThat(day.phases())
                .extracting(phase -> phase.outcomes().succeeded())
                .containsExactly(30L, 50L);
        assertThat(WorkloadsTestCase.phases).containsExactlyInAnyOrder("rush", "evening");
        assertThat(day.scenario().describe()).isEqualTo("phases: 30 at once, then 100/s for 500 ms");
    }

    @PerformanceTarget(metric = "queue time p95", target = "< 20 s")
    @PerformanceTarget(metric = "queue time p99", target = "< 20 s")
    static class WorkloadsTestCase {
        static final Queue<LoadResult> results = new ConcurrentLinkedQueue<>();
        static final Set<String> phases = ConcurrentHashMap.newKeySet();

        static LoadResult result(String method) {
            return results.stream()
                    .filter(result -> result.scenario().name().equals("WorkloadsTestCase." + method))
                    .findFirst()
                    .orElseThrow();
        }

        @ArrivalRateTest(rate = "200/s", duration = "500ms")
        @PerformanceTarget(metric = "throughput", target = "> 0.1 ops/s")
        void rate() {}

        @ArrivalRateTest(rate = "200/s", duration = "500ms", arrivals = POISSON)
        void random() {}

        @WorkloadTest(Day.class)
        @PerformanceTarget(metric = "throughput", target = "> 0.1 ops/s")
        void day(Iteration it) {
            phases.add(it.phase());
        }

        @AfterEach
        void keep(LoadResult last) {
            results.add(last);
        }

        static final class Day implements PhaseSource {
            @Override
            public List<Phase> phases() {
                return List.of(
                        Phase.of("rush", Workload.burst(30)),
                        Phase.of("evening", Workload.arrivals(perSecond(100), Duration.ofMillis(500))));
            }
        }
    }

    @Test
    void warmsUpAtTheScaleOfTheRun() {
        WarmTestCase.results.clear();
        WarmTestCase.phases.clear();

        Fixtures.run(WarmTestCase.class, "stampede.scale", "0.5");

        LoadResult result = WarmTestCase.results.element();
        assertThat(result.succeeded()).isEqualTo(10);
        assertThat(result.warmUp())
                .isNotNull()
                .satisfies(warmUp -> assertThat(warmUp.outcomes().succeeded()).isEqualTo(20));
        assertThat(WarmTestCase.phases).containsExactlyInAnyOrder("warm-up", "basic load");
    }

    static class WarmTestCase {
        static final Queue<LoadResult> results = new ConcurrentLinkedQueue<>();
        static final Set<String> phases = ConcurrentHashMap.newKeySet();

        @BasicLoadTest(concurrent = 20)
        @WarmUp(count = 40)
        void warm(Iteration it) {
            phases.add(it.phase());
        }

        @AfterEach
        void keep(LoadResult last) {
            results.add(last);
        }
    }

    @Test
    void failsAndDoesNotAbortWhereARuleEndedTheRun() {
        assertThat(Fixtures.failure(Fixtures.run(HopelessTestCase.class)))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith("HopelessTestCase.hopeless: ended early, success rate < 90% for 1s: it was 0 %")
                .hasMessageContaining("Early stop")
                .hasMessageContaining("no shop");
    }

    static class HopelessTestCase {
        @ArrivalRateTest(rate = "50/s", duration = "60s")
        @AbortWhen("success rate < 90% for 1s")
        void hopeless() {
            throw new IllegalStateException("no shop");
        }
    }

    @Test
    void failsWithTheTableWhereTheTargetIsTooSlow() {
        Throwable failure = Fixtures.failure(Fixtures.run(SlowTestCase.class));

        assertThat(failure)
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("SlowTestCase.slow")
                .hasMessageContaining("Response time P95")
                .hasMessageContaining("Acceptable")
                .hasMessageContaining("CRITICAL");
    }

    static class SlowTestCase {
        @BasicLoadTest(concurrent = 10)
        void slow() throws InterruptedException {
            Thread.sleep(100);
        }
    }

    @Test
    void failsOnAcceptableWhereToldToBeStrict() {
        assertThat(Fixtures.failure(Fixtures.run(StrictTestCase.class)))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("ACCEPTABLE");
        Fixtures.run(LenientTestCase.class).testEvents().assertStatistics(stats -> stats.succeeded(1));
        assertThat(Fixtures.failure(Fixtures.run(LenientTestCase.class, "stampede.fail-on", "acceptable")))
                .isInstanceOf(AssertionFailedError.class);
    }

    @PerformanceTarget(metric = "queue time p95", target = "< 1 ms", acceptable = "< 20 s")
    @PerformanceTarget(metric = "queue time p99", target = "< 1 ms", acceptable = "< 20 s")
    @PerformanceTarget(metric = "throughput", target = "> 0.1 ops/s")
    static class StrictTestCase {
        @BasicLoadTest(concurrent = 5)
        @FailOn(Band.ACCEPTABLE)
        void strict() throws InterruptedException {
            Thread.sleep(20);
        }
    }

    @PerformanceTarget(metric = "queue time p95", target = "< 1 ms", acceptable = "< 20 s")
    @PerformanceTarget(metric = "queue time p99", target = "< 1 ms", acceptable = "< 20 s")
    @PerformanceTarget(metric = "throughput", target = "> 0.1 ops/s")
    static class LenientTestCase {
        @BasicLoadTest(concurrent = 5)
        void lenient() throws InterruptedException {
            Thread.sleep(20);
        }
    }

    @Test
    void countsFailuresAndShowsTheirCause() {
        Throwable failure = Fixtures.failure(Fixtures.run(FailingTestCase.class));

        assertThat(failure)
                .hasMessageContaining("Success rate")
                .hasMessageContaining("IllegalStateException")
                .hasMessageContaining("order # is gone");
    }

    static class FailingTestCase {
        @BasicLoadTest(concurrent = 20)
        void failing(Iteration it) {
            if (it.index() % 2 == 0) {
                throw new IllegalStateException("order " + it.index() + " is gone");
            }
        }
    }

    @Test
    void endsAnOperationWithItsStage() {
        Fixtures.run(AsyncTestCase.class).testEvents().assertStatistics(stats -> stats.succeeded(1));

        LoadResult result = AsyncTestCase.results.element();
        assertThat(result.serviceTime().min().toMillis()).isGreaterThanOrEqualTo(45);
    }

    @PerformanceTargets("fixture-targets.md")
    static class AsyncTestCase {
        static final Queue<LoadResult> results = new ConcurrentLinkedQueue<>();

        @Gauge("things waiting")
        int waiting() {
            return 7;
        }

        @BasicLoadTest(concurrent = 20)
        void async(Iteration it) {
            it.completesWith(
                    CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)));
        }

        @AfterEach
        void keep(LoadResult last) {
            results.add(last);
        }
    }

    @Test
    void passesResolvedParametersAndGaugesOn() {
        assertThat(Fixtures.run(ParametersTestCase.class)
                        .testEvents()
                        .succeeded()
                        .count())
                .isEqualTo(1);
        assertThat(ParametersTestCase.seen).containsExactly("parameters");
        LoadResult result = ParametersTestCase.results.element();
        assertThat(result.gauge("level"))
                .get()
                .satisfies(gauge -> assertThat(gauge.max()).isEqualTo(3));
    }

    static class ParametersTestCase {
        static final Set<String> seen = ConcurrentHashMap.newKeySet();
        static final Queue<LoadResult> results = new ConcurrentLinkedQueue<>();

        @Gauge("level")
        double level(TestInfo info) {
            return info.getDisplayName().isEmpty() ? 0 : 3;
        }

        @BasicLoadTest(concurrent = 10)
        void parameters(TestInfo info, Iteration it) {
            seen.add(info.getTestMethod().orElseThrow().getName());
        }

        @AfterEach
        void keep(LoadResult last) {
            results.add(last);
        }
    }

    @Test
    void scalesTheLoadAndNotTheTargets() {
        CountingTestCase.reset();

        Fixtures.run(CountingTestCase.class, "stampede.scale", "0.2");

        assertThat(CountingTestCase.calls).hasValue(6 + 4 + 8 + 5 + (1 + 2 + 3) + 2);
    }

    @Test
    void endsItsThreadsWhenJUnitsTimeoutInterruptsIt() {
        EngineExecutionResults results = Fixtures.run(EndlessTestCase.class);

        Throwable failure = Fixtures.failure(results);
        assertThat(failure).isInstanceOf(TimeoutException.class);
        assertThat(failure.getSuppressed())
                .anySatisfy(suppressed -> assertThat(suppressed).hasMessageContaining("interrupted after 0 of 50"));
        assertThat(EndlessTestCase.interrupted.get()).isGreaterThanOrEqualTo(1);
    }

    static class EndlessTestCase {
        static final AtomicInteger interrupted = new AtomicInteger();

        @BasicLoadTest(concurrent = 50)
        @Timeout(value = 500, unit = TimeUnit.MILLISECONDS)
        void endless() throws InterruptedException {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
            }
        }
    }

    @Test
    void runsNothingBesideALoadTest() {
        CrowdedTestCase.reset();

        EngineExecutionResults results = Fixtures.run(
                CrowdedTestCase.class,
                "junit.jupiter.execution.parallel.enabled",
                "true",
                "junit.jupiter.execution.parallel.mode.default",
                "concurrent",
                "junit.jupiter.execution.parallel.config.strategy",
                "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                "4");

        results.testEvents().assertStatistics(stats -> stats.succeeded(4));
        assertThat(CrowdedTestCase.disturbed.get()).isEmpty();
    }

    static class CrowdedTestCase {
        static final AtomicInteger loading = new AtomicInteger();
        static final AtomicReference<String> disturbed = new AtomicReference<>("");

        static void reset() {
            loading.set(0);
            disturbed.set("");
        }

        @BasicLoadTest(concurrent = 5)
        @PerformanceTarget(metric = "queue time p95", target = "< 10 s")
        @PerformanceTarget(metric = "queue time p99", target = "< 10 s")
        @PerformanceTarget(metric = "throughput", target = "> 0.1 ops/s")
        void load() throws InterruptedException {
            loading.incrementAndGet();
            Thread.sleep(150);
            loading.decrementAndGet();
        }

        @Test
        void one() throws InterruptedException {
            beside("one");
        }

        @Test
        void two() throws InterruptedException {
            beside("two");
        }

        @Test
        void three() throws InterruptedException {
            beside("three");
        }

        private static void beside(String name) throws InterruptedException {
            for (int i = 0; i < 20; i++) {
                if (loading.get() > 0) {
                    disturbed.set(name);
                }
                Thread.sleep(5);
            }
        }
    }

    @Test
    void worksWithAnAnnotationOfTheUsersOwn() {
        ComposedTestCase.calls.set(0);

        Fixtures.run(ComposedTestCase.class)
                .testEvents()
                .assertStatistics(stats -> stats.started(1).finished(1));

        assertThat(ComposedTestCase.calls).hasValue(17);
    }

    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @BasicLoadTest(concurrent = 17)
    @interface OurLoad {}

    static class ComposedTestCase {
        static final AtomicInteger calls = new AtomicInteger();

        @OurLoad
        void composed() {
            calls.incrementAndGet();
        }
    }
}
