package io.stampede.internal.engine;

import static io.stampede.scenario.Rate.perSecond;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.stampede.result.GeneratorHealth;
import io.stampede.scenario.Validity;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With hand-moved times, but for the last. */
class GeneratorWatchTests {

    private static final Workload TEN_SECONDS = Workload.arrivals(perSecond(10), ofSeconds(10));

    private final HandMade vitals = new HandMade();
    private final GeneratorWatch watch = new GeneratorWatch(Validity.DEFAULT, vitals);
    private long now = 1_000_000_000_000L;
    private long started;

    @BeforeEach
    void isAwake() {
        watch.woke(now);
    }

    @Test
    void knowsNothingWhereNoPhaseWas() {
        assertThat(watch.health()).isEqualTo(GeneratorHealth.UNKNOWN);
    }

    @Test
    void countsAStallOfTheWatchAsLateWakeUps() {
        watch.enter(now, TEN_SECONDS, () -> started);
        wakes(ofMillis(995), ofMillis(0));
        wakes(ofMillis(5), ofMillis(1000));
        watch.leave(now);

        GeneratorHealth health = watch.health();
        assertThat(health.watched()).isEqualTo(ofSeconds(2));
        assertThat(health.hiccups().max()).isCloseTo(ofSeconds(1), ofMillis(1));
        assertThat(health.hiccups().percentile(49)).isZero();
        assertThat(health.hiccups().percentile(75)).isCloseTo(ofMillis(500), ofMillis(10));
    }

    @Test
    void countsAStallThatLastsUntilThePhaseEnds() {
        watch.enter(now, TEN_SECONDS, () -> started);
        now += ofMillis(405).toNanos();
        watch.leave(now);

        assertThat(watch.health().hiccups().max()).isCloseTo(ofMillis(400), ofMillis(1));
    }

    @Test
    void leavesOutWhatHappensBetweenPhases() {
        phase(ofSeconds(1));
        now += ofSeconds(5).toNanos();
        watch.woke(now); // late by far, but nothing ran
        vitals.cpuNanos += ofSeconds(10).toNanos();
        vitals.collections += 7;
        vitals.millis += 700;
        phase(ofSeconds(1));

        GeneratorHealth health = watch.health();
        assertThat(health.watched()).isEqualTo(ofSeconds(2));
        assertThat(health.hiccups().max()).isZero();
        assertThat(health.collections().count()).isZero();
        assertThat(health.collections().total()).isZero();
        assertThat(health.cpu().process()).isZero();
    }

    @Test
    void doesNotCountWhatWasLateBeforeThePhaseBegan() {
        now += ofSeconds(3).toNanos();
        watch.enter(now, TEN_SECONDS, () -> started);
        now += ofMillis(2).toNanos();
        watch.woke(now);
        watch.leave(now);

        assertThat(watch.health().hiccups().max()).isCloseTo(ofMillis(2), ofMillis(1));
    }

    @Test
    void countsCollectionsAndTheTimeTheyTook() {
        watch.enter(now, TEN_SECONDS, () -> started);
        collects(30);
        wakes(ofMillis(500), ofMillis(0));
        collects(200);
        wakes(ofMillis(5), ofMillis(0));
        collects(10);
        wakes(ofMillis(495), ofMillis(0));
        watch.leave(now);

        GeneratorHealth health = watch.health();
        assertThat(health.collections().count()).isEqualTo(3);
        assertThat(health.collections().total()).isEqualTo(ofMillis(240));
        assertThat(health.collections().longest()).isEqualTo(ofMillis(200));
        assertThat(health.collectingShare()).isCloseTo(0.24, within(0.001));
    }

    @Test
    void givesProcessorTimeAsAShareOfAllProcessors() {
        watch.enter(now, TEN_SECONDS, () -> started);
        vitals.cpuNanos += ofSeconds(2).toNanos();
        vitals.machine = 0.9;
        wakes(ofSeconds(1), ofMillis(0));
        vitals.machine = 0.5;
        wakes(ofSeconds(1), ofMillis(0));
        watch.leave(now);

        assertThat(watch.health().cpu().process()).isCloseTo(0.25, within(0.01)); // 2 s on 4 processors for 2 s
        assertThat(watch.health().cpu().machine()).isCloseTo(0.7, within(0.01));
    }

    @Test
    void saysNothingOfProcessorsThatAreNotToBeHad() {
        vitals.cpuNanos = -1;
        vitals.machine = -1;
        phase(ofSeconds(2));

        assertThat(watch.health().cpu().process()).isNaN();
        assertThat(watch.health().cpu().machine()).isNaN();
    }

    @Test
    void saysNothingOfProcessorsInLessThanASecond() {
        vitals.machine = 1;
        phase(ofMillis(900));

        assertThat(watch.health().cpu().process()).isNaN();
        assertThat(watch.health().cpu().machine()).isNaN();
    }

    @Test
    void deliversAllWhereTheLastOperationStartedWithinThePlanHoweverLongItTook() {
        watch.enter(now, TEN_SECONDS, () -> started);
        wakes(ofMillis(9_900), ofMillis(0));
        started = 100;
        wakes(ofSeconds(30), ofMillis(0));
        watch.leave(now);

        assertThat(watch.health().starts().rate()).isEqualTo(1);
        assertThat(watch.health().starts().planned()).isEqualTo(ofSeconds(10));
    }

    @Test
    void deliversLessWhereOperationsStartedTooSlowly() {
        watch.enter(now, TEN_SECONDS, () -> started);
        for (int i = 1; i <= 100; i++) {
            wakes(ofMillis(200), ofMillis(0));
            started = i;
        }
        wakes(ofMillis(5), ofMillis(0));
        watch.leave(now);

        assertThat(watch.health().starts().rate()).isCloseTo(0.5, within(0.001));
    }

    @Test
    void planNothingOverTimeForBurstsAndUsers() {
        for (Workload workload : List.of(Workload.burst(10), Workload.users(3, ofSeconds(1)))) {
            watch.enter(now, workload, () -> started);
            wakes(ofSeconds(3), ofMillis(0));
            started++;
            wakes(ofMillis(5), ofMillis(0));
            watch.leave(now);
        }

        assertThat(watch.health().starts().planned()).isZero();
        assertThat(watch.health().starts().rate()).isNaN();
    }

    @Test
    void watchesNothingWhereItIsOff() {
        Validity off = Validity.DEFAULT.as(Validity.Mode.OFF);
        GeneratorWatch idle = new GeneratorWatch(off, vitals);
        idle.start();
        idle.enter(now, TEN_SECONDS, () -> started);
        idle.woke(now + ofSeconds(1).toNanos());
        idle.leave(now + ofSeconds(2).toNanos());

        assertThat(idle.health()).isEqualTo(GeneratorHealth.unknown(off));
        idle.close();
    }

    @ParameterizedTest
    @CsvSource({
        "G1 Young Generation, true",
        "G1 Old Generation, true",
        "G1 Concurrent GC, true", // remark and cleanup, which are pauses
        "PS MarkSweep, true",
        "Copy, true",
        "ZGC Pauses, true",
        "ZGC Cycles, false",
        "ZGC Minor Pauses, true",
        "ZGC Minor Cycles, false",
        "ZGC Major Cycles, false",
        "Shenandoah Pauses, true",
        "Shenandoah Cycles, false"
    })
    void tellsPausesFromCyclesThatRunBesideTheProgram(String collector, boolean stops) {
        assertThat(ProcessStats.stops(collector)).isEqualTo(stops);
    }

    @Test
    void readsThisProcess() {
        try (GeneratorWatch real = new GeneratorWatch(Validity.DEFAULT)) {
            real.start();
            real.enter(Workload.burst(1), () -> 1);
            long begin = System.nanoTime();
            await().until(() -> System.nanoTime() - begin > ofMillis(1200).toNanos());
            real.leave();

            GeneratorHealth health = real.health();
            assertThat(health.watched()).isGreaterThan(ofSeconds(1));
            assertThat(health.hiccups().count()).isGreaterThan(50);
            assertThat(health.cpu().process()).isBetween(0.0, 1.0);
            assertThat(health.cpu().machine()).isBetween(0.0, 1.0);
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("stampede-watch"));
    }

    private void phase(Duration duration) {
        watch.enter(now, TEN_SECONDS, () -> started);
        wakes(duration, ofMillis(0));
        watch.leave(now);
    }

    private void collects(long millis) {
        vitals.collections++;
        vitals.millis += millis;
        vitals.last = millis;
    }

    /** For so long, each time so much too late. */
    private void wakes(Duration total, Duration late) {
        long wakeUps = total.toNanos() / GeneratorWatch.EVERY_NANOS;
        for (long i = 0; i < wakeUps; i++) {
            now += GeneratorWatch.EVERY_NANOS + late.toNanos();
            watch.woke(now);
        }
    }

    private static final class HandMade implements ProcessStats, ProcessStats.Collector {
        private long cpuNanos;
        private double machine;
        private long collections;
        private long millis;
        private long last;

        @Override
        public long processCpuNanos() {
            return cpuNanos;
        }

        @Override
        public double machineCpu() {
            return machine;
        }

        @Override
        public int processors() {
            return 4;
        }

        @Override
        public List<ProcessStats.Collector> collectors() {
            return List.of(this);
        }

        @Override
        public long collections() {
            return collections;
        }

        @Override
        public long collectingMillis() {
            return millis;
        }

        @Override
        public long lastMillis() {
            return last;
        }
    }
}
