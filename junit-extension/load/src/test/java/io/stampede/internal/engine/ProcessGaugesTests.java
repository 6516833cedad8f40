package io.stampede.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stampede.operation.Iteration;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** With hand-moved times, but for the last. */
class ProcessGaugesTests {

    private final HandMade vitals = new HandMade();
    private long now = 5_000_000_000L;

    @Test
    void giveSharesOfTheTimeSinceTheLastValue() {
        List<GaugeSource> gauges = new ProcessGauges(vitals, () -> now).gauges();

        pass(500);
        vitals.processMillis += 400; // of 2 processors
        vitals.collecting += 50;
        vitals.busy = 0.75;

        assertThat(read(gauges, GaugeSeries.PROCESS_CPU)).isCloseTo(40, within(1e-6));
        assertThat(read(gauges, GaugeSeries.COLLECTING)).isCloseTo(10, within(1e-6));
        assertThat(read(gauges, GaugeSeries.MACHINE_CPU)).isCloseTo(75, within(1e-6));

        pass(1000);
        assertThat(read(gauges, GaugeSeries.PROCESS_CPU)).isZero();
        assertThat(read(gauges, GaugeSeries.COLLECTING)).isZero();
    }

    @Test
    void sayNothingWhereTooLittleTimeHasPassed() {
        List<GaugeSource> gauges = new ProcessGauges(vitals, () -> now).gauges();
        pass(100);
        vitals.processMillis += 100;

        assertThat(gauges)
                .allSatisfy(gauge -> assertThat(gauge.value().getAsDouble()).isNaN());

        pass(150); // nothing is lost meanwhile
        assertThat(read(gauges, GaugeSeries.PROCESS_CPU)).isCloseTo(20, within(1e-6));
    }

    @Test
    void sayNothingOfWhatThePlatformDoesNotTell() {
        vitals.processMillis = -1;
        vitals.busy = -1;
        List<GaugeSource> gauges = new ProcessGauges(vitals, () -> now).gauges();
        pass(1000);

        assertThat(read(gauges, GaugeSeries.PROCESS_CPU)).isNaN();
    }

    @Test
    void readersOfTheMachineDoNotTakeTimeFromEachOther() {
        MachineCpu machine = new MachineCpu(vitals::machineCpu, () -> now);
        DoubleSupplier seldom = machine.reader();
        DoubleSupplier often = machine.reader();

        vitals.busy = 1;
        pass(100);
        assertThat(often.getAsDouble()).isEqualTo(1);
        vitals.busy = 0;
        pass(300);
        assertThat(often.getAsDouble()).isZero();

        assertThat(seldom.getAsDouble()).isCloseTo(0.25, within(1e-9));
        assertThat(seldom.getAsDouble()).as("no time has passed").isNaN();
        vitals.busy = Double.NaN;
        pass(300);
        assertThat(seldom.getAsDouble()).isNaN();
    }

    @Test
    void runsHaveThemWithoutBeingAsked() {
        LoadResult result = Runs.run(ProcessGaugesTests::work, Workload.paced(20, Duration.ofMillis(50)));

        for (String name : List.of(GaugeSeries.PROCESS_CPU, GaugeSeries.MACHINE_CPU, GaugeSeries.COLLECTING)) {
            GaugeSeries gauge = result.gauge(name).orElseThrow();
            assertThat(gauge.points()).as(name).isNotEmpty();
            assertThat(gauge.min()).as(name).isBetween(0.0, 100.0);
            assertThat(gauge.max()).as(name).isBetween(0.0, 100.0);
        }
        assertThat(result.gauge(GaugeSeries.PROCESS_CPU).orElseThrow().max()).isPositive();
    }

    private static void work(Iteration iteration) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static double read(List<GaugeSource> gauges, String name) {
        return gauges.stream()
                .filter(gauge -> gauge.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value()
                .getAsDouble();
    }

    private static final class HandMade implements ProcessStats, ProcessStats.Collector {
        private long processMillis;
        private long collecting;
        private double busy;

        @Override
        public long processCpuNanos() {
            return processMillis < 0 ? -1 : TimeUnit.MILLISECONDS.toNanos(processMillis);
        }

        @Override
        public double machineCpu() {
            return busy;
        }

        @Override
        public int processors() {
            return 2;
        }

        @Override
        public List<Collector> collectors() {
            return List.of(this);
        }

        @Override
        public long collections() {
            return 0;
        }

        @Override
        public long collectingMillis() {
            return collecting;
        }

        @Override
        public long lastMillis() {
            return 0;
        }
    }
}
