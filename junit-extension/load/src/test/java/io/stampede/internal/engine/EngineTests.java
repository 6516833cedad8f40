package io.stampede.internal.engine;

import static io.stampede.internal.engine.Runs.noWorkerIsLeft;
import static io.stampede.internal.engine.Runs.run;
import static io.stampede.internal.engine.Runs.scenario;
import static io.stampede.scenario.Rate.perSecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stampede.internal.plan.Plan;
import io.stampede.metric.Band;
import io.stampede.metric.Unit;
import io.stampede.operation.Operation;
import io.stampede.operation.OperationTimeoutException;
import io.stampede.result.Breach;
import io.stampede.result.FailureGroup;
import io.stampede.result.Interval;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.result.Snapshot;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.targets.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EngineTests {

    @Test
    void showsAFreezeOfATargetThatServesOneAtATime() {
        // Here later calls wait for the lock, not in the freeze itself.
        AtomicLong origin = new AtomicLong();
        Object server = new Object();
        Operation freezing = it -> {
            synchronized (server) {
                origin.compareAndSet(0, System.nanoTime());
                long now = System.nanoTime() - origin.get();
                if (now >= 1_000_000_000L && now < 2_000_000_000L) {
                    TimeUnit.NANOSECONDS.sleep(2_000_000_000L - now);
                }
            }
        };

        LoadResult result = run(freezing, Workload.arrivals(perSecond(100), Duration.ofSeconds(4)));

        // 100 of 400 were due in the freeze: 10 % waited more than 0.6 s.
        assertThat(result.succeeded()).isEqualTo(400);
        assertThat(result.responseTime().percentileNanos(90) / 1e6).isCloseTo(600, within(60.0));
    }

    @Test
    void theLastIntervalEndsWithTheLoadOrItsPlan() {
        LoadResult result = run(it -> {}, Workload.arrivals(perSecond(100), Duration.ofMillis(250)));

        Interval last = result.series().get(result.series().size() - 1);
        PhaseResult phase = result.phases().get(0);
        long loadEnd =
                Math.max(250_000_000L, phase.start().plus(phase.elapsed()).toNanos());
        assertThat(last.start().plus(last.width()).toNanos())
                .isBetween(loadEnd, Math.max(loadEnd, last.start().toNanos() + 100_000_000L));
    }

    @Test
    void runsTwoThousandOperationsAtOnce() {
        // Nobody gets through before all are there.
        CyclicBarrier barrier = new CyclicBarrier(2000);

        LoadResult result = run(it -> barrier.await(60, TimeUnit.SECONDS), Workload.burst(2000));

        assertThat(result.succeeded()).isEqualTo(2000);
        assertThat(result.generator().faults()).isEmpty();
    }

    @Test
    void growsConcurrencyWithAPacedWorkload() {
        CyclicBarrier barrier = new CyclicBarrier(50);

        LoadResult result = run(it -> barrier.await(60, TimeUnit.SECONDS), Workload.paced(50, Duration.ofMillis(2)));

        assertThat(result.succeeded()).isEqualTo(50);
    }

    @Test
    void givesEachOperationAnIndexOfItsOwn() {
        Set<Long> indices = ConcurrentHashMap.newKeySet();

        LoadResult result = run(it -> indices.add(it.index()), Workload.burst(300), Workload.burst(200));

        assertThat(indices).hasSize(500).contains(0L, 499L);
        assertThat(result.planned()).isEqualTo(500);
        assertThat(result.phases())
                .extracting(phase -> phase.outcomes().succeeded())
                .containsExactly(300L, 200L);
    }

    @Test
    void startsNoOperationBeforeItIsDue() {
        AtomicReference<String> early = new AtomicReference<>("");
        AtomicLong origin = new AtomicLong();
        Operation operation = it -> {
            if (it.index() == 0) {
                origin.set(System.nanoTime());
            } else if (System.nanoTime() - origin.get() < it.index() * 5_000_000L - 4_000_000L) {
                early.set("operation " + it.index());
            }
        };

        LoadResult result = run(operation, Workload.paced(100, Duration.ofMillis(5)));

        assertThat(early.get()).isEmpty();
        assertThat(result.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(495));
        assertThat(result.lag().percentileNanos(0)).isGreaterThanOrEqualTo(0);
    }

    @Test
    void endsAnAsynchronousOperationWithItsStage() {
        Operation operation = it -> it.completesWith(
                CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)));

        LoadResult result = run(operation, Workload.burst(100));

        assertThat(result.succeeded()).isEqualTo(100);
        assertThat(result.serviceTime().min()).isGreaterThanOrEqualTo(Duration.ofMillis(190));
    }

    @Test
    void countsAnExceptionalStageAsFailureWithItsCause() {
        Operation operation = it -> it.completesWith(CompletableFuture.supplyAsync(() -> {
            throw new IllegalStateException("order " + it.index() + " is gone");
        }));

        LoadResult result = run(operation, Workload.burst(20));

        assertThat(result.failed()).isEqualTo(20);
        assertThat(result.failures()).singleElement().satisfies(group -> {
            assertThat(group.type()).isEqualTo("java.lang.IllegalStateException");
            assertThat(group.shape()).isEqualTo("order # is gone");
            assertThat(group.count()).isEqualTo(20);
            assertThat(group.samples()).hasSize(3);
        });
    }

    @Test
    void countsWhateverIsThrownAndGoesOn() {
        Operation operation = it -> {
            switch ((int) (it.index() % 4)) {
                case 0 -> throw new AssertionError("expected 200 but was 500");
                case 1 -> throw new StackOverflowError();
                case 2 -> throw new java.io.IOException("reset");
                default -> {}
            }
        };

        LoadResult result = run(operation, Workload.burst(400));

        assertThat(result.succeeded()).isEqualTo(100);
        assertThat(result.failed()).isEqualTo(300);
        assertThat(result.failureTime().count()).isEqualTo(300);
        assertThat(result.responseTime().count()).isEqualTo(100);
        assertThat(result.failures()).extracting(FailureGroup::count).containsExactly(100L, 100L, 100L);
    }

    @Test
    void endsOperationsThatTakeTooLong() {
        CountDownLatch never = new CountDownLatch(1);
        Operation operation = it -> {
            if (it.index() == 3) {
                never.await();
            } else if (it.index() == 5) {
                it.completesWith(new CompletableFuture<>());
            }
        };

        LoadResult result =
                run(scenario(Duration.ofMillis(300), Workload.burst(10)), operation, List.of(), EngineSettings.DEFAULT);

        assertThat(result.succeeded()).isEqualTo(8);
        assertThat(result.failures()).singleElement().satisfies(group -> {
            assertThat(group.type()).isEqualTo(OperationTimeoutException.class.getName());
            assertThat(group.count()).isEqualTo(2);
        });
    }

    @Test
    void keepsAnInterruptionFromTheNextOperation() {
        AtomicInteger interrupted = new AtomicInteger();
        Operation operation = it -> {
            if (Thread.currentThread().isInterrupted()) {
                interrupted.incrementAndGet();
            }
            Thread.currentThread().interrupt();
        };

        LoadResult result = run(operation, Workload.burst(1000));

        assertThat(interrupted).hasValue(0);
        assertThat(result.succeeded()).isEqualTo(1000);
    }

    @Test
    void survivesInterruptionsFromThreadsThatItKnowsNothingOf() {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        Operation operation = it -> {
            seen.forEach(Thread::interrupt);
            seen.add(Thread.currentThread());
        };

        LoadResult result = run(operation, Workload.paced(200, Duration.ofMillis(2)));

        assertThat(result.succeeded()).isEqualTo(200);
    }

    @Test
    void countsAStageThatEndsTwiceOnce() {
        Operation operation = it -> {
            CompletableFuture<String> stage = new CompletableFuture<>();
            it.completesWith(stage);
            stage.complete("once");
            stage.obtrudeException(new IllegalStateException("twice"));
        };

        LoadResult result = run(operation, Workload.burst(50));

        assertThat(result.ended()).isEqualTo(50);
    }

    @Test
    void refusesASecondStage() {
        Operation operation = it -> {
            it.completesWith(CompletableFuture.completedFuture(1));
            it.completesWith(CompletableFuture.completedFuture(2));
        };

        LoadResult result = run(operation, Workload.burst(1));

        assertThat(result.failures())
                .singleElement()
                .satisfies(
                        group -> assertThat(group.shape()).isEqualTo("completesWith was called twice in operation 0"));
    }

    @Test
    void saysThatItWasInterruptedAndHowFarItCame() throws InterruptedException {
        CompletableFuture<LoadResult> result = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        Operation blocking = it -> {
            begun.countDown();
            Thread.sleep(60_000);
        };
        Thread runner = new Thread(() -> {
            LoadResult ended = run(blocking, Workload.paced(1000, Duration.ofMillis(10)));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            result.complete(ended);
        });
        runner.start();
        begun.await();

        runner.interrupt();
        runner.join(20_000);

        assertThat(result).isCompleted();
        assertThat(result.join().endedEarly()).isEqualTo("interrupted after 0 of 1,000 operations");
        assertThat(result.join().ended()).isZero();
        noWorkerIsLeft();
    }

    @Test
    void leavesNoThread() {
        run(it -> {}, Workload.burst(500));

        noWorkerIsLeft();
    }

    // Operations of about as long as between two of them: workers come and go all the time.
    @Test
    void losesSightOfNoWorkerHoweverOftenTheyPark() {
        for (int round = 0; round < 40; round++) {
            LoadResult result =
                    run(it -> Thread.sleep(it.index() % 3), Workload.arrivals(perSecond(4000), Duration.ofMillis(250)));

            assertThat(result.succeeded()).isEqualTo(1000);
            assertThat(result.ending().abandoned()).isNull();
        }
    }

    @Nested
    class LeavesThreadsThatNobodyCanEnd {

        private final CountDownLatch release = new CountDownLatch(1);
        private final Set<Thread> runners = ConcurrentHashMap.newKeySet();
        private final Operation deaf = it -> {
            runners.add(Thread.currentThread());
            while (release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    // As a read from a socket, which does not end when its thread is interrupted.
                }
            }
        };

        @AfterEach
        void end() {
            release.countDown();
            noWorkerIsLeft();
        }

        @Test
        void andSaysWhichWithoutBlamingAnybody() {
            LoadResult result = deaf(100, Workload.burst(2));

            assertThat(result.failed()).isEqualTo(2);
            assertThat(result.generator().faults()).isEmpty();
            assertThat(result.ending().abandoned())
                    .startsWith(
                            "2 threads did not end within 100 ms of being interrupted and were abandoned: [stampede-");
            assertThat(runners).hasSize(2).allSatisfy(thread -> {
                assertThat(thread.getName()).startsWith("stampede-").endsWith(", abandoned by test");
                assertThat(thread.isDaemon()).isTrue();
            });
        }

        @Test
        void ofEarlierPhasesToo() {
            LoadResult result = deaf(100, Workload.burst(1), Workload.burst(1));

            assertThat(result.ending().abandoned()).startsWith("2 threads did not end");
            assertThat(runners).extracting(Thread::getName).allMatch(name -> name.endsWith(", abandoned by test"));
        }

        @Test
        void andTheNextRunDoesNotNoticeThem() {
            LoadResult before = deaf(100, Workload.burst(2));
            AtomicInteger calls = new AtomicInteger();

            LoadResult next = run(
                    it -> {
                        release.countDown(); // what was abandoned comes to its end in the midst of this run
                        calls.incrementAndGet();
                        Thread.sleep(1);
                    },
                    Workload.arrivals(perSecond(500), Duration.ofMillis(200)));

            assertThat(calls).hasValue(100);
            assertThat(next.succeeded()).isEqualTo(100);
            assertThat(next.failed()).isZero();
            assertThat(next.ending().abandoned()).isNull();
            assertThat(before.ended()).isEqualTo(2);
            assertThat(runners).hasSize(2);
        }

        @Test
        void andGivesUpWhereTheyAreAllThatThereMayBe() {
            LoadResult result = deaf(3, Workload.arrivals(perSecond(200), Duration.ofMillis(100)));

            assertThat(result.abortedBy())
                    .startsWith(
                            "operations that timed out do not end when they are interrupted, and keep all 3 threads,"
                                    + " after 3 of 20 operations; operations of phase ")
                    .contains("3 threads did not end within 100 ms");
            assertThat(result.failed()).isEqualTo(3);
            assertThat(result.generator().faults()).isEmpty();
        }

        private LoadResult deaf(int most, Workload... workloads) {
            EngineSettings impatient = new EngineSettings(
                    Threads.PLATFORM, most, Duration.ofMillis(100), Duration.ZERO, Duration.ofMillis(100));
            return run(scenario(Duration.ofMillis(100), workloads), deaf, List.of(), impatient);
        }
    }

    @Test
    void saysThatItWasLimitedByTheLargestConcurrency() {
        EngineSettings narrow =
                new EngineSettings(Threads.PLATFORM, 4, Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(5));

        LoadResult result =
                run(scenario(Duration.ofSeconds(60), Workload.burst(20)), it -> Thread.sleep(20), List.of(), narrow);

        assertThat(result.succeeded()).isEqualTo(20);
        assertThat(result.generator().faults()).singleElement().asString().contains("stampede.concurrency.max");
    }

    @Test
    void goesOnBesideAStageThatHangs() {
        EngineSettings narrow =
                new EngineSettings(Threads.PLATFORM, 8, Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(5));
        CompletableFuture<String> hanging = new CompletableFuture<>();
        AtomicInteger others = new AtomicInteger();
        Operation operation = it -> {
            if (it.index() == 0) {
                it.completesWith(hanging);
            } else if (others.incrementAndGet() == 99) {
                hanging.complete("all others are through");
            }
        };

        LoadResult result = run(
                scenario(Duration.ofSeconds(20), Workload.paced(100, Duration.ofMillis(1))),
                operation,
                List.of(),
                narrow);

        assertThat(result.succeeded()).isEqualTo(100);
    }

    @Test
    void endsOperationsInTimeThoughAGaugeHangs() {
        CountDownLatch never = new CountDownLatch(1);
        GaugeSource hanging = new GaugeSource("hanging", Unit.COUNT, false, () -> {
            try {
                never.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 1;
        });
        Operation operation = it -> {
            it.completesWith(new CompletableFuture<>());
        };

        LoadResult result = run(
                scenario(Duration.ofMillis(300), Workload.burst(5)),
                operation,
                List.of(hanging),
                EngineSettings.DEFAULT);

        assertThat(result.failed()).isEqualTo(5);
        assertThat(result.failureTime().max()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void readsGaugesWhileItRuns() {
        AtomicInteger level = new AtomicInteger();
        GaugeSource good = new GaugeSource("level", Unit.COUNT, false, level::doubleValue);
        GaugeSource bad = new GaugeSource("broken", Unit.COUNT, false, () -> {
            throw new IllegalStateException("no level");
        });
        Operation operation = it -> {
            level.set((int) it.index());
            Thread.sleep(5);
        };

        LoadResult result = run(
                scenario(Duration.ofSeconds(60), Workload.paced(50, Duration.ofMillis(10))),
                operation,
                List.of(good, bad),
                EngineSettings.DEFAULT);

        assertThat(result.gauge("LEVEL")).get().satisfies(gauge -> {
            assertThat(gauge.samples()).isPositive();
            assertThat(gauge.max()).isEqualTo(49);
            assertThat(gauge.last()).isEqualTo(49);
        });
        assertThat(result.gauge("broken")).get().satisfies(gauge -> {
            assertThat(gauge.samples()).isZero();
            assertThat(gauge.lastError()).contains("no level");
        });
    }

    @Test
    void searchesTheBreakingPointOfAStressTest() {
        Kind.Stress stress = new Kind.Stress(10, 100, 10, Duration.ofMillis(50), 0);
        List<Phase> steps = new ArrayList<>();
        for (long size = 10; size <= 100; size += 10) {
            steps.add(new Phase(size + " at once", Workload.burst(size)));
        }
        Scenario scenario = new Scenario(
                "stress", stress, steps, new Targets(List.of(), "none"), Band.CRITICAL, Duration.ofSeconds(60), 1, 0);
        Plan plan = Plan.of(
                scenario,
                step -> step.outcomes().failed() > 0 ? Optional.of(new Breach("failures")) : Optional.empty());
        Operation breaking = it -> {
            if (it.phase().startsWith("50 ")) {
                throw new IllegalStateException("too many");
            }
        };

        LoadResult result =
                new Engine(scenario, breaking, List.of(), Map.of(), EngineSettings.DEFAULT, snapshot -> {}).run(plan);

        assertThat(result.phases())
                .extracting(PhaseResult::planned)
                .containsExactly(10L, 20L, 30L, 40L, 50L, 45L, 47L, 48L, 48L, 50L, 48L, 50L);
        assertThat(result.planned()).isEqualTo(486);
        assertThat(result.ended()).isEqualTo(486);
        assertThat(result.breakingPoint()).isNotNull().satisfies(point -> {
            assertThat(point.capacity()).isEqualTo(48);
            assertThat(point.broke()).isEqualTo(50);
            assertThat(point.reason()).isEqualTo("failures");
        });
    }

    @Test
    void neverShowsMoreOperationsThanPlannedWhereAStressTestAddsSteps() {
        Scenario scenario = new Scenario(
                "stress",
                new Kind.Stress(10, 10, 1, Duration.ofMillis(1), 0),
                List.of(new Phase("10 at once", Workload.burst(10))),
                new Targets(List.of(), "none"),
                Band.CRITICAL,
                Duration.ofSeconds(60),
                1,
                0);
        Plan plan =
                Plan.of(scenario, step -> step.planned() == 10 ? Optional.of(new Breach("full")) : Optional.empty());
        List<Snapshot> shown = new ArrayList<>();

        LoadResult result = new Engine(
                        scenario, it -> Thread.sleep(150), List.of(), Map.of(), EngineSettings.DEFAULT, shown::add)
                .run(plan);

        assertThat(result.planned()).isGreaterThan(scenario.operations());
        assertThat(shown).anyMatch(snapshot -> snapshot.ended() > scenario.operations());
        assertThat(shown).allMatch(snapshot -> snapshot.ended() <= snapshot.planned());
    }

    @Test
    void givesFiguresForEachTickOfARamp() {
        LoadResult result = run(it -> {}, Workload.waves(25, Duration.ofMillis(400), Duration.ofMillis(100)));

        assertThat(result.phases())
                .extracting(phase -> phase.outcomes().succeeded())
                .containsExactly(7L, 6L, 6L, 6L);
        assertThat(result.phases()).extracting(PhaseResult::planned).containsExactly(7L, 6L, 6L, 6L);
    }

    @Test
    void repeatsRandomNumbersForTheSameSeed() {
        Map<Long, Long> first = new ConcurrentHashMap<>();
        Map<Long, Long> second = new ConcurrentHashMap<>();

        run(it -> first.put(it.index(), it.random().nextLong()), Workload.burst(100));
        run(it -> second.put(it.index(), it.random().nextLong()), Workload.burst(100));

        assertThat(first).hasSize(100).isEqualTo(second);
        assertThat(Set.copyOf(first.values())).hasSize(100);
    }

    @Test
    void doesNotInheritWhatTheTestThreadHolds() {
        InheritableThreadLocal<String> context = new InheritableThreadLocal<>();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        context.set("the test's");

        run(it -> seen.add(String.valueOf(context.get())), Workload.burst(10));

        assertThat(seen).containsOnly("null");
    }
}
