package io.stampede.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.internal.plan.Plan;
import io.stampede.internal.verdict.Judge;
import io.stampede.operation.Operation;
import io.stampede.operation.OperationTimeoutException;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClosedWorkloadTests {

    @Test
    void letsEachUserRunOneOperationAtATime() {
        AtomicInteger[] running = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
        Set<Integer> overlaps = ConcurrentHashMap.newKeySet();
        Set<Integer> users = ConcurrentHashMap.newKeySet();
        Operation operation = it -> {
            users.add(it.user());
            if (running[it.user()].incrementAndGet() > 1) {
                overlaps.add(it.user());
            }
            Thread.sleep(1);
            running[it.user()].decrementAndGet();
        };

        LoadResult result = Runs.run(operation, Workload.users(3, Duration.ofMillis(300)));

        assertThat(users).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(overlaps).isEmpty();
        assertThat(result.succeeded()).isGreaterThan(3);
        assertThat(result.planned()).isEqualTo(result.ended());
    }

    @Test
    void givesEachOperationAnIndexOfItsOwnAcrossPhases() {
        Set<Long> indices = ConcurrentHashMap.newKeySet();
        Set<Long> again = ConcurrentHashMap.newKeySet();
        Operation operation = it -> {
            if (!indices.add(it.index())) {
                again.add(it.index());
            }
            Thread.sleep(1);
        };

        LoadResult result = Runs.run(
                operation,
                Workload.users(4, Duration.ofMillis(100)),
                Workload.burst(50),
                Workload.users(2, Duration.ofMillis(100)));

        assertThat(again).isEmpty();
        assertThat(indices).hasSize((int) result.ended());
        assertThat(result.phases())
                .extracting(phase -> phase.outcomes().succeeded())
                .allMatch(count -> count > 0);
    }

    @Test
    void givesAUsersOperationsTheSameNumbersInEveryRun() {
        Map<Integer, List<Long>> indices = new ConcurrentHashMap<>();
        Operation operation = it -> {
            indices.computeIfAbsent(it.user(), user -> new ArrayList<>()).add(it.index());
            Thread.sleep(1);
        };

        Runs.run(operation, Workload.users(3, Duration.ofMillis(100)));

        assertThat(indices).hasSize(3);
        indices.forEach((user, own) -> {
            for (int round = 0; round < own.size(); round++) {
                assertThat(own.get(round)).isEqualTo(3L * round + user);
            }
        });
    }

    @Test
    void letsUsersThinkBetweenOperations() {
        AtomicInteger tooSoon = new AtomicInteger();
        Map<Integer, Long> ends = new ConcurrentHashMap<>();
        Operation operation = it -> {
            Long last = ends.get(it.user());
            if (last != null && System.nanoTime() - last < TimeUnit.MILLISECONDS.toNanos(50)) {
                tooSoon.incrementAndGet();
            }
            Thread.sleep(1);
            ends.put(it.user(), System.nanoTime());
        };

        LoadResult result =
                Runs.run(operation, Workload.users(2, Duration.ofMillis(400)).thinking(Duration.ofMillis(50)));

        assertThat(tooSoon).hasValue(0);
        assertThat(result.succeeded()).isBetween(4L, 16L); // 8 each where thinking is all that takes time
    }

    @Test
    void letsUsersThinkAfterStagesThatHadEndedAlready() {
        Operation operation = it -> it.completesWith(CompletableFuture.completedFuture("at once"));

        LoadResult result =
                Runs.run(operation, Workload.users(2, Duration.ofMillis(400)).thinking(Duration.ofMillis(50)));

        assertThat(result.succeeded()).isBetween(4L, 16L);
        assertThat(result.responseTime().max()).isLessThan(Duration.ofSeconds(10));
        assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void endsThoughAStateCannotBeClosed() {
        Operation operation = it -> it.state(() -> (AutoCloseable) () -> {
            throw new AssertionError("not closed");
        });

        LoadResult result = Runs.run(operation, Workload.users(2, Duration.ofMillis(50)));

        assertThat(result.failed()).isZero();
        assertThat(result.generator().faults()).isEmpty();
    }

    @Test
    void startsUsersOverTime() {
        AtomicLongArray starts = new AtomicLongArray(4);
        Operation operation = it -> {
            starts.compareAndSet(it.user(), 0, System.nanoTime());
            Thread.sleep(1);
        };

        Runs.run(operation, Workload.users(4, Duration.ofMillis(400)).rampedUpOver(Duration.ofMillis(200)));

        for (int user = 1; user < 4; user++) {
            // The first may itself have been late.
            assertThat(starts.get(user) - starts.get(0)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(50L * user - 45));
        }
    }

    @Test
    void startsNoOperationAfterTheEndAndRunsThoseUnderWayToTheirs() {
        LoadResult result = Runs.run(it -> Thread.sleep(300), Workload.users(3, Duration.ofMillis(100)));

        assertThat(result.succeeded()).isEqualTo(3);
        assertThat(result.serviceTime().min()).isGreaterThanOrEqualTo(Duration.ofMillis(299));
        assertThat(result.endedEarly()).isNull();
    }

    @Test
    void waitsForTheStageOfAnAsynchronousOperation() {
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Operation operation = it -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            it.completesWith(CompletableFuture.runAsync(
                    inFlight::decrementAndGet, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS)));
        };

        LoadResult result = Runs.run(operation, Workload.users(2, Duration.ofMillis(300)));

        assertThat(most).hasValueLessThanOrEqualTo(2);
        assertThat(result.succeeded()).isGreaterThan(2);
        assertThat(result.serviceTime().min()).isGreaterThanOrEqualTo(Duration.ofMillis(19));
    }

    @Test
    void keepsAStateForEachUserAndClosesIt() {
        AtomicInteger created = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        final class Session implements AutoCloseable {
            private final int user;
            private int calls;

            Session(int user) {
                this.user = user;
                created.incrementAndGet();
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        }
        AtomicInteger strangers = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        Operation operation = it -> {
            Session session = it.state(() -> new Session(it.user()));
            calls.accumulateAndGet(++session.calls, Math::max);
            if (session.user != it.user()) {
                strangers.incrementAndGet();
            }
            Thread.sleep(1);
        };

        Runs.run(operation, Workload.users(3, Duration.ofMillis(200)));

        assertThat(created).hasValue(3);
        assertThat(closed).hasValue(3);
        assertThat(strangers).hasValue(0);
        assertThat(calls).hasValueGreaterThan(1);
    }

    @Test
    void goesOnAfterAnOperationThatTookTooLong() {
        AtomicBoolean first = new AtomicBoolean(true);
        Operation operation = it -> {
            if (first.compareAndSet(true, false)) {
                new CountDownLatch(1).await();
            }
            Thread.sleep(1);
        };

        LoadResult result = Runs.run(Duration.ofMillis(200), operation, Workload.users(1, Duration.ofMillis(1000)));

        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.failures().get(0).type()).isEqualTo(OperationTimeoutException.class.getName());
        assertThat(result.succeeded()).isPositive();
    }

    @Test
    void endsThoughAnOperationIgnoresItsInterruption() {
        AtomicBoolean released = new AtomicBoolean();
        Operation deaf = it -> {
            while (!released.get()) {
                Thread.onSpinWait();
            }
        };
        EngineSettings impatient = new EngineSettings(
                Threads.PLATFORM, 100, Duration.ofMillis(100), Duration.ZERO, Duration.ofMillis(200));
        Scenario scenario = Runs.scenario(Duration.ofMillis(200), Workload.users(1, Duration.ofMillis(100)));

        LoadResult result = new Engine(scenario, deaf, List.of(), Map.of(), impatient, snapshot -> {})
                .run(Plan.of(scenario, step -> Optional.empty()));
        released.set(true);

        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.generator().faults()).isEmpty();
        assertThat(result.ending().abandoned()).contains("did not end");
    }

    @Test
    void countsFailuresAndGoesOn() {
        Operation operation = it -> {
            Thread.sleep(1);
            if (it.index() % 2 == 0) {
                throw new IllegalStateException("odd");
            }
        };

        LoadResult result = Runs.run(operation, Workload.users(2, Duration.ofMillis(200)));

        assertThat(result.failed()).isGreaterThan(1); // user 0's, all of them
        assertThat(result.succeeded()).isGreaterThan(1);
    }

    @Test
    void isJudgedThoughNobodyPlannedHowManyOperationsThereAre() {
        LoadResult result = Runs.run(it -> Thread.sleep(1), Workload.users(2, Duration.ofMillis(200)));

        assertThat(result.scenario().planFixesOperations()).isFalse();
        assertThat(result.started()).isEqualTo(result.ended());
        assertThat(Judge.judge(result).outcome()).isEqualTo(Verdict.Outcome.PASSED);
    }

    @Test
    void saysInAnOpenWorkloadThatThereAreNoUsers() {
        LoadResult result = Runs.run(it -> it.user(), Workload.burst(1));

        assertThat(result.failures())
                .singleElement()
                .satisfies(group ->
                        assertThat(group.shape()).contains("has no users").contains("@UsersTest"));
    }

    @Test
    void stopsWhenItIsTold() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Scenario scenario = Runs.scenario(Duration.ofSeconds(60), Workload.users(2, Duration.ofMinutes(5)));
        Engine engine = Runs.engine(scenario, it -> {
            begun.countDown();
            Thread.sleep(10);
        });
        CompletableFuture<LoadResult> result =
                CompletableFuture.supplyAsync(() -> engine.run(Plan.of(scenario, step -> Optional.empty())));
        begun.await();

        engine.stop("enough");

        assertThat(result.orTimeout(20, TimeUnit.SECONDS).join().endedEarly()).startsWith("enough");
    }
}
