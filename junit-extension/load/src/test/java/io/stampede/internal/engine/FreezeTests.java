package io.stampede.internal.engine;

import static io.stampede.scenario.Rate.perSecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stampede.WithSettings;
import io.stampede.internal.plan.Plan;
import io.stampede.metric.Band;
import io.stampede.operation.Iteration;
import io.stampede.operation.Operation;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.targets.Targets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No figure hides that the target stood still. The truth is computed from the schedule; a busy machine adds to it, and
 * nothing takes from it.
 */
@Timeout(120)
class FreezeTests {

    private static final long SEED = 42;
    private static final double[] PERCENTILES = {90, 95, 99, 100};

    /** Only a figure that has nothing to do with the freeze is so much too high. */
    private static final Duration SURPLUS = Duration.ofSeconds(5);

    /** Operations that start as they are due, however many. */
    private static final int WIDE = EngineSettings.DEFAULT.maxConcurrency();

    /** So few in flight that most operations that are due in the freeze cannot even start before its end. */
    private static final int NARROW = 4;

    enum Style {
        BLOCKING(Threads.PLATFORM) {
            @Override
            void freeze(Iteration iteration, long waitNanos) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(waitNanos);
            }
        },
        STAGED(Threads.PLATFORM) {
            @Override
            void freeze(Iteration iteration, long waitNanos) {
                iteration.completesWith(CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(waitNanos, TimeUnit.NANOSECONDS)));
            }
        },
        VIRTUAL(Threads.VIRTUAL) {
            @Override
            void freeze(Iteration iteration, long waitNanos) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(waitNanos);
            }
        };

        private final Threads threads;

        Style(Threads threads) {
            this.threads = threads;
        }

        abstract void freeze(Iteration iteration, long waitNanos) throws InterruptedException;
    }

    /** Each with a freeze that more than a tenth of its operations meet. */
    static Stream<Arguments> workloads() {
        Duration duration = Duration.ofMillis(1200);
        Freeze amid = new Freeze(300_000_000, 900_000_000, 0);
        return Stream.of(
                Arguments.of(Workload.paced(120, Duration.ofMillis(10)), amid),
                Arguments.of(Workload.arrivals(perSecond(150), duration), amid),
                Arguments.of(Workload.poisson(perSecond(150), duration), amid),
                Arguments.of(Workload.ramp(perSecond(20), perSecond(300), duration), amid),
                Arguments.of(Workload.waves(125, duration, Duration.ofMillis(100)), amid),
                Arguments.of(Workload.burst(150), new Freeze(0, 900_000_000, 0)));
    }

    static Stream<Arguments> workloadsInEachStyle() {
        return Stream.of(Style.values())
                .flatMap(style ->
                        workloads().map(workload -> Arguments.of(style, workload.get()[0], workload.get()[1])));
    }

    @ParameterizedTest
    @MethodSource("workloadsInEachStyle")
    void showsInResponseTimes(Style style, Workload workload, Freeze freeze) {
        LoadResult result = run(style, WIDE, workload, freeze);

        tellsTheTruth(result, workload, freeze);
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void showsInResponseTimesWhereItKeepsOperationsFromStarting(Workload workload, Freeze freeze) {
        LoadResult result = run(Style.BLOCKING, NARROW, workload, freeze);

        tellsTheTruth(result, workload, freeze);
        // This is what would hide it: most operations were quick once they had started.
        assertThat(result.serviceTime().percentile(75))
                .isLessThan(result.responseTime().percentile(75));
        assertThat(result.lag().percentileNanos(90)).isGreaterThan(1e8);
    }

    @Test
    void showsOnVirtualThreadsThatAreSet() {
        assumeTrue(Runtime.version().feature() >= 21, "needs virtual threads");
        Workload workload = Workload.paced(120, Duration.ofMillis(10));
        Freeze freeze = new Freeze(300_000_000, 900_000_000, 0);

        LoadResult result = WithSettings.named(
                        "freeze",
                        Map.of("STAMPEDE_PROGRESS", "off", "STAMPEDE_THREADS", "virtual", "STAMPEDE_HISTORY", "off"))
                .workload(workload)
                .seed(SEED)
                .run(frozen(Style.VIRTUAL, workload, freeze))
                .result();

        tellsTheTruth(result, workload, freeze);
        assertThat(result.machine().threads()).isEqualTo("virtual");
    }

    @Test
    void isOneSecondOrMoreForATenthOfAHundredASecond() {
        // 20 s, frozen from 10 s to 13 s: 300 of 2,000 operations come meanwhile, and wait 10 ms less one after the
        // other.
        Workload workload = Workload.arrivals(perSecond(100), Duration.ofSeconds(20));
        Freeze freeze = new Freeze(10_000_000_000L, 13_000_000_000L, 1_000_000);

        long[] truth = freeze.truth(workload, SEED);

        assertThat(truth).hasSize(2000);
        assertThat(Freeze.percentile(50, truth)).isEqualTo(1_000_000);
        assertThat(Freeze.percentile(90, truth)).isEqualTo(1_001_000_000);
        assertThat(Freeze.percentile(95, truth)).isEqualTo(2_001_000_000);
        assertThat(Freeze.percentile(99, truth)).isEqualTo(2_801_000_000L);
        assertThat(Freeze.percentile(100, truth)).isEqualTo(3_001_000_000L);
    }

    private static void tellsTheTruth(LoadResult result, Workload workload, Freeze freeze) {
        long[] truth = freeze.truth(workload, SEED);
        assertThat(Freeze.percentile(90, truth)).as("what there is to show").isGreaterThan(300_000_000);

        assertThat(result.succeeded()).isEqualTo(workload.operations());
        for (double percentile : PERCENTILES) {
            double expected = Freeze.percentile(percentile, truth);
            assertThat(result.responseTime().percentileNanos(percentile))
                    .as("p%s of response time", percentile)
                    .isBetween(expected * 0.99, expected + SURPLUS.toNanos());
        }
    }

    private static LoadResult run(Style style, int maxConcurrency, Workload workload, Freeze freeze) {
        assumeTrue(style != Style.VIRTUAL || Runtime.version().feature() >= 21, "needs virtual threads");
        Scenario scenario = new Scenario(
                "freeze",
                new Kind.Custom(),
                List.of(new Phase("freeze", workload)),
                new Targets(List.of(), "none"),
                Band.CRITICAL,
                Duration.ofSeconds(60),
                1,
                SEED);
        EngineSettings settings = new EngineSettings(
                style.threads, maxConcurrency, Duration.ofMillis(100), Duration.ofNanos(50_000), Duration.ofSeconds(5));
        return new Engine(scenario, frozen(style, workload, freeze), List.of(), Map.of(), settings, snapshot -> {})
                .run(Plan.of(scenario, step -> Optional.empty()));
    }

    /**
     * Stands still for who is due meanwhile and for who comes meanwhile. When the schedule began is told by the first
     * operation, which may start late and never early: so the freeze ends late and never early, too.
     */
    private static Operation frozen(Style style, Workload workload, Freeze freeze) {
        long[] dues = Freeze.dues(workload, SEED);
        AtomicLong origin = new AtomicLong();
        return iteration -> {
            long due = dues[(int) iteration.index()];
            long now = System.nanoTime();
            origin.compareAndSet(0, now - due);
            long at = now - origin.get();
            long waitNanos = freeze.keeps(due) ? freeze.untilNanos() - at : freeze.waitNanos(at);
            if (waitNanos > 0) {
                style.freeze(iteration, waitNanos);
            }
        };
    }
}
