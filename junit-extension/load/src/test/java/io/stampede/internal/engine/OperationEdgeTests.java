package io.stampede.internal.engine;

import static io.stampede.scenario.Rate.perSecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stampede.internal.plan.Plan;
import io.stampede.metric.Band;
import io.stampede.operation.Operation;
import io.stampede.operation.OperationTimeoutException;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.targets.Targets;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations that do what no operation should: each is counted once, and takes neither another nor the run with it. */
@Timeout(60)
class OperationEdgeTests {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATE = Duration.ofSeconds(60);
    private static final int MANY = 100;
    private static final Executor ELSEWHERE = ForkJoinPool.commonPool();

    @AfterAll
    static void noThreadIsLeft() {
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("stampede-")));
    }

    // Operations that do not end

    @ParameterizedTest
    @EnumSource
    void anOperationThatIgnoresItsInterruptionTimesOutAlone(Threads threads) {
        AtomicBoolean released = new AtomicBoolean();
        Operation operation = it -> {
            while (it.index() == 3 && !released.get()) {
                ignoringInterruption(() -> Thread.sleep(10));
            }
        };

        LoadResult result = run(threads, MANY, SOON, operation, Workload.burst(20));
        released.set(true);

        assertThat(result.endedEarly()).isNull();
        assertThat(result.succeeded()).isEqualTo(19);
        failedOnce(result, OperationTimeoutException.class, "did not end within its timeout of 1 s");
        assertThat(result.failures().get(0).samples())
                .singleElement()
                .satisfies(sample -> assertThat(sample.operation()).isEqualTo(3));
    }

    @ParameterizedTest
    @EnumSource
    void anOperationThatEndsAfterItsTimeoutIsNotCountedAgain(Threads threads) {
        AtomicBoolean ended = new AtomicBoolean();
        AtomicInteger others = new AtomicInteger();
        Operation operation = it -> {
            if (it.index() == 0) {
                ignoringInterruption(() -> new CountDownLatch(1).await());
                ended.set(true);
            } else {
                others.incrementAndGet();
            }
        };

        // The last one starts when the first has been given up and has ended by itself.
        LoadResult result = run(threads, MANY, SOON, operation, Workload.paced(3, Duration.ofMillis(900)));

        assertThat(ended).isTrue();
        assertThat(others).hasValue(2);
        assertThat(result.succeeded()).isEqualTo(2);
        failedOnce(result, OperationTimeoutException.class, "did not end within its timeout of 1 s");
        assertThat(result.ended()).isEqualTo(3);
    }

    @Test
    void aStageThatEndsAfterItsTimeoutIsNotCountedAgain() {
        CompletableFuture<String> late = new CompletableFuture<>();
        Operation operation = it -> {
            if (it.index() == 0) {
                it.completesWith(late);
            } else {
                CompletableFuture.runAsync(() -> late.complete("late")).join();
            }
        };

        LoadResult result = run(
                Threads.PLATFORM, MANY, Duration.ofMillis(500), operation, Workload.paced(2, Duration.ofSeconds(2)));

        assertThat(result.succeeded()).isEqualTo(1);
        failedOnce(result, OperationTimeoutException.class, "did not end within its timeout of 500 ms");
        assertThat(result.ended()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void theInterruptionThatEndsAnOperationDoesNotReachTheNext(Threads threads) {
        AtomicInteger reached = new AtomicInteger();
        Operation operation = it -> {
            if (Thread.currentThread().isInterrupted()) {
                reached.incrementAndGet();
            }
            if (it.index() == 0) {
                ignoringInterruption(() -> new CountDownLatch(1).await());
            }
        };

        LoadResult result = run(threads, 1, SOON, operation, Workload.burst(50));

        assertThat(reached).hasValue(0);
        assertThat(result.succeeded()).isEqualTo(49);
        failedOnce(result, OperationTimeoutException.class, "did not end within its timeout of 1 s");
    }

    // Operations that throw

    static Stream<Operation> throwing() {
        return Stream.of(
                it -> throwIt(new AssertionError("expected 200")),
                it -> throwIt(new OutOfMemoryError("Java heap space")),
                it -> throwIt(new NoClassDefFoundError("shop/Cart")),
                it -> throwIt(new IOException("reset")),
                it -> throwIt(new InterruptedException("told to stop")),
                it -> throwIt(new Throwable("neither exception nor error")),
                it -> throwIt(new IllegalStateException((String) null)),
                it -> throwIt(itsOwnCause()),
                it -> descend(0));
    }

    @ParameterizedTest
    @MethodSource("throwing")
    void whatIsThrownIsAFailureWithItsType(Operation throwing) {
        Queue<Class<?>> thrown = new ConcurrentLinkedQueue<>();
        Operation operation = it -> {
            if (it.index() % 2 == 0) {
                try {
                    throwing.run(it);
                } catch (Throwable e) {
                    thrown.add(e.getClass());
                    throw e;
                }
            }
        };

        LoadResult result = run(Threads.PLATFORM, MANY, LATE, operation, Workload.burst(20));

        assertThat(thrown).hasSize(10);
        assertThat(result.succeeded()).isEqualTo(10);
        assertThat(result.failures()).singleElement().satisfies(group -> {
            assertThat(group.type()).isEqualTo(thrown.element().getName());
            assertThat(group.count()).isEqualTo(10);
        });
    }

    @Test
    @Timeout(20)
    void whatCannotEvenTellItsMessageIsAFailure() {
        Operation operation = it -> {
            if (it.index() % 3 == 0) {
                throw new Speechless();
            } else if (it.index() % 3 == 1) {
                it.completesWith(CompletableFuture.failedFuture(new Speechless()));
            }
        };

        LoadResult result = run(Threads.PLATFORM, MANY, LATE, operation, Workload.burst(30));

        assertThat(result.endedEarly()).isNull();
        assertThat(result.succeeded()).isEqualTo(10);
        assertThat(result.failed()).isEqualTo(20);
        assertThat(result.failures())
                .singleElement()
                .satisfies(group -> assertThat(group.type()).isEqualTo(Speechless.class.getName()));
    }

    @Test
    void whatIsThrownCountsAndTheStageDoesNot() {
        Operation operation = it -> {
            it.completesWith(new CompletableFuture<>()); // never ends
            throw new IllegalStateException("no stock");
        };

        LoadResult result = run(Threads.PLATFORM, MANY, LATE, operation, Workload.burst(1));

        failedOnce(result, IllegalStateException.class, "no stock");
    }

    // Operations that interrupt their own thread

    @ParameterizedTest
    @EnumSource
    void anOperationThatInterruptsItsThreadKeepsThatToItself(Threads threads) {
        AtomicInteger felt = new AtomicInteger();
        Operation operation = it -> {
            if (Thread.currentThread().isInterrupted()) {
                felt.incrementAndGet();
            }
            if (it.index() % 4 == 1) {
                it.completesWith(CompletableFuture.completedFuture("at once"));
            } else if (it.index() % 4 == 2) {
                it.completesWith(CompletableFuture.runAsync(() -> {}));
            }
            Thread.currentThread().interrupt();
            if (it.index() % 4 == 3) {
                throw new IllegalStateException("no stock");
            }
        };

        // One at a time, so that the next one gets the same thread.
        LoadResult result = run(threads, 1, LATE, operation, Workload.burst(400));

        assertThat(felt).hasValue(0);
        assertThat(result.endedEarly()).isNull();
        assertThat(result.succeeded()).isEqualTo(300);
        assertThat(result.failed()).isEqualTo(100);
    }

    // Operations with stages

    @Test
    void aStageMayHaveEndedBeforeTheMethodReturns() {
        Operation operation = it -> {
            CompletableFuture<String> stage = new CompletableFuture<>();
            if (it.index() % 2 == 0) {
                stage.complete("before");
            }
            it.completesWith(stage);
            stage.complete("after");
        };

        LoadResult result = run(Threads.PLATFORM, MANY, LATE, operation, Workload.burst(50));

        assertThat(result.succeeded()).isEqualTo(50);
    }

    @Test
    void aStageThatTellsItsEndTwiceCountsOnce() {
        Operation operation = it -> {
            CompletableFuture<String> stage = new Echo<>();
            it.completesWith(stage);
            if (it.index() % 2 == 0) {
                stage.complete("once");
            } else {
                ELSEWHERE.execute(() -> stage.complete("once, and elsewhere"));
            }
        };

        LoadResult result = run(Threads.PLATFORM, MANY, LATE, operation, Workload.burst(50));

        assertThat(result.succeeded()).isEqualTo(50);
        assertThat(result.ended()).isEqualTo(50);
        assertThat(result.responseTime().count()).isEqualTo(50);
    }

    @Test
    void aStageThatTwoThreadsEndCountsOnce() {
        Operation operation = it -> {
            CompletableFuture<String> stage = new CompletableFuture<>();
            it.completesWith(stage);
            ELSEWHERE.execute(() -> stage.complete("once"));
            ELSEWHERE.execute(() -> stage.completeExceptionally(new IOException("twice")));
        };

        LoadResult result = run(Threads.PLATFORM, MANY, LATE, operation, Workload.burst(200));

        assertThat(result.ended()).isEqualTo(200);
        assertThat(result.responseTime().count()).isEqualTo(result.succeeded());
        assertThat(result.failureTime().count()).isEqualTo(result.failed());
    }

    @Test
    void aFailedStageIsAFailureWithItsCause() {
        fails(IOException.class, "reset", new CompletionException(new IOException("reset")));
        fails(IOException.class, "reset", new IOException("reset"));
        fails(AssertionError.class, "expected 200", new AssertionError("expected 200"));
        fails(CompletionException.class, "no cause", new CompletionException("no cause", null));
        fails(CancellationException.class, "", new CancellationException());
    }

    private static void fails(Class<? extends Throwable> type, String shape, Throwable end) {
        Operation operation = it -> it.completesWith(CompletableFuture.failedFuture(end));

        LoadResult result = run(Threads.PLATFORM, MANY, LATE, operation, Workload.burst(1));

        failedOnce(result, type, shape);
    }

    @Test
    @SuppressWarnings("NullAway") // on purpose
    void noStageIsAFailureThatSaysSo() {
        Operation operation = it -> it.completesWith((CompletionStage<?>) null);

        LoadResult result = run(Threads.PLATFORM, MANY, LATE, operation, Workload.burst(1));

        failedOnce(result, IllegalArgumentException.class, "stage must not be null, in operation 0");
    }

    @Test
    void aSecondStageIsRefusedAndTheFirstStays() {
        Queue<IllegalStateException> refusals = new ConcurrentLinkedQueue<>();
        Operation operation = it -> {
            it.completesWith(CompletableFuture.completedFuture("first"));
            try {
                it.completesWith(new CompletableFuture<>()); // never ends
            } catch (IllegalStateException e) {
                refusals.add(e);
            }
        };

        LoadResult result = run(Threads.PLATFORM, MANY, LATE, operation, Workload.burst(1));

        assertThat(refusals)
                .singleElement()
                .satisfies(refusal -> assertThat(refusal).hasMessage("completesWith was called twice in operation 0"));
        assertThat(result.succeeded()).isEqualTo(1);
    }

    @Test
    void aStageThatCannotBeFollowedIsAFailure() {
        CompletionStage<?> deaf = (CompletionStage<?>) Proxy.newProxyInstance(
                CompletionStage.class.getClassLoader(),
                new Class<?>[] {CompletionStage.class},
                (proxy, method, arguments) -> throwIt(new UnsupportedOperationException("not to be followed")));

        LoadResult result = run(Threads.PLATFORM, MANY, LATE, it -> it.completesWith(deaf), Workload.burst(1));

        failedOnce(result, UnsupportedOperationException.class, "not to be followed");
    }

    // No operation, and one

    static Stream<ThrowingCallable> empty() {
        Duration second = Duration.ofSeconds(1);
        return Stream.of(
                () -> Workload.burst(0),
                () -> Workload.paced(0, second),
                () -> Workload.waves(0, second, second),
                () -> Workload.users(0, second));
    }

    @ParameterizedTest
    @MethodSource("empty")
    void aWorkloadOfNothingIsRefused(ThrowingCallable empty) {
        assertThatThrownBy(empty)
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .matches("(operations|total|users) must be at least 1 and at most [0-9,]+, but was 0");
    }

    @Test
    void aScenarioOfNothingIsRefused() {
        assertThatThrownBy(() -> scenario(LATE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("phases must not be empty");
    }

    static Stream<Workload> ones() {
        return Stream.of(
                Workload.burst(1),
                Workload.paced(1, Duration.ofMillis(50)),
                Workload.arrivals(perSecond(20), Duration.ofMillis(50)),
                Workload.arrivals(perSecond(0.001), Duration.ofMillis(50)),
                Workload.poisson(perSecond(20), Duration.ofMillis(50)),
                Workload.ramp(perSecond(10), perSecond(30), Duration.ofMillis(50)),
                Workload.waves(1, Duration.ofMillis(50), Duration.ofMillis(50)),
                Workload.waves(1, Duration.ofMillis(50), Duration.ofMillis(10)));
    }

    @ParameterizedTest
    @MethodSource("ones")
    void oneOperationIsARun(Workload one) {
        Queue<Long> indices = new ConcurrentLinkedQueue<>();

        LoadResult result = run(Threads.AUTO, MANY, LATE, it -> indices.add(it.index()), one);

        assertThat(indices).containsExactly(0L);
        assertThat(result.planned()).isEqualTo(1);
        assertThat(result.started()).isEqualTo(1);
        assertThat(result.succeeded()).isEqualTo(1);
        assertThat(result.phases().stream().mapToLong(PhaseResult::planned).sum())
                .isEqualTo(1);
        assertThat(result.phases().stream()
                        .mapToLong(phase -> phase.outcomes().succeeded())
                        .sum())
                .isEqualTo(1);
        assertThat(result.responseTime().count()).isEqualTo(1);
        assertThat(result.lag().count()).isEqualTo(1);
        assertThat(result.elapsed()).isPositive();
        assertThat(result.throughput()).isPositive();
        assertThat(result.generator().faults()).isEmpty();
    }

    /** Tells whoever follows it its end, and then another one. */
    private static final class Echo<T> extends CompletableFuture<T> {

        @Override
        public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
            return super.whenComplete((value, failure) -> {
                action.accept(value, failure);
                action.accept(null, new IllegalStateException("twice"));
            });
        }
    }

    /** Such as an exception whose message asks an object that is gone. */
    private static final class Speechless extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("nothing to say");
        }
    }

    private interface Waiting {
        void run() throws InterruptedException;
    }

    private static void ignoringInterruption(Waiting waiting) {
        try {
            waiting.run();
        } catch (InterruptedException e) {
            // This is what is tested.
        }
    }

    private static Object throwIt(Throwable throwable) throws Throwable {
        throw throwable;
    }

    private static IllegalStateException itsOwnCause() {
        IllegalStateException outer = new IllegalStateException("outer");
        outer.initCause(new IllegalStateException("inner", outer));
        return outer;
    }

    private static int descend(int depth) {
        return depth < 0 ? depth : descend(depth + 1) + 1;
    }

    private static void failedOnce(LoadResult result, Class<? extends Throwable> type, String shape) {
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.failures()).singleElement().satisfies(group -> {
            assertThat(group.type()).isEqualTo(type.getName());
            assertThat(group.shape()).isEqualTo(shape);
            assertThat(group.count()).isEqualTo(1);
        });
    }

    private static LoadResult run(
            Threads threads, int maxConcurrency, Duration timeout, Operation operation, Workload workload) {
        assumeTrue(threads != Threads.VIRTUAL || Runtime.version().feature() >= 21, "needs virtual threads");
        Scenario scenario = scenario(timeout, new Phase("edge", workload));
        EngineSettings settings = new EngineSettings(
                threads, maxConcurrency, Duration.ofMillis(100), Duration.ofNanos(50_000), Duration.ofMillis(500));
        return new Engine(scenario, operation, List.of(), Map.of(), settings, snapshot -> {})
                .run(Plan.of(scenario, step -> Optional.empty()));
    }

    private static Scenario scenario(Duration timeout, Phase... phases) {
        return new Scenario(
                "edges",
                new Kind.Custom(),
                List.of(phases),
                new Targets(List.of(), "none"),
                Band.CRITICAL,
                timeout,
                1,
                42);
    }
}
