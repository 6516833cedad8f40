package io.stampede.internal.engine;

import io.stampede.metric.Unit;
import io.stampede.result.GaugeSeries;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Processors and garbage collections over the course of a run, each in percent of the time since the last value. A value
 * comes four times a second at most, however often gauges are read: processor time is counted in ticks of 10 ms.
 */
final class ProcessGauges {

    static final long EVERY_NANOS = 250_000_000;

    private final ProcessStats vitals;
    private final LongSupplier clock;

    ProcessGauges(ProcessStats vitals, LongSupplier clock) {
        this.vitals = vitals;
        this.clock = clock;
    }

    List<GaugeSource> gauges() {
        return List.of(
                new GaugeSource(GaugeSeries.PROCESS_CPU, Unit.PERCENT, false, new Share(this::processNanos)),
                new GaugeSource(
                        GaugeSeries.MACHINE_CPU, Unit.PERCENT, false, new Paced(() -> 100 * vitals.machineCpu())),
                new GaugeSource(GaugeSeries.COLLECTING, Unit.PERCENT, false, new Share(this::collectingNanos)));
    }

    private double processNanos() {
        long nanos = vitals.processCpuNanos();
        return nanos < 0 ? Double.NaN : (double) nanos / Math.max(1, vitals.processors());
    }

    private double collectingNanos() {
        return 1e6
                * vitals.collectors().stream()
                        .mapToLong(ProcessStats.Collector::collectingMillis)
                        .sum();
    }

    /** Says nothing until enough time has passed. */
    private class Paced implements DoubleSupplier {
        private final DoubleSupplier value;
        private long beforeNanos = clock.getAsLong();

        Paced(DoubleSupplier value) {
            this.value = value;
        }

        @Override
        public double getAsDouble() {
            long now = clock.getAsLong();
            if (now - beforeNanos < EVERY_NANOS) {
                return Double.NaN;
            }
            double read = read(now - beforeNanos);
            beforeNanos = now;
            return read;
        }

        double read(long sinceNanos) {
            return value.getAsDouble();
        }
    }

    /** By how much a time that only grows has grown, in percent of the time that has passed. */
    private final class Share extends Paced {
        private final DoubleSupplier nanos;
        private double before;

        Share(DoubleSupplier nanos) {
            super(nanos);
            this.nanos = nanos;
            this.before = nanos.getAsDouble();
        }

        @Override
        double read(long sinceNanos) {
            double now = nanos.getAsDouble();
            double share = 100 * (now - before) / sinceNanos;
            before = now;
            return Double.isNaN(share) ? share : Math.min(100, Math.max(0, share));
        }
    }
}
