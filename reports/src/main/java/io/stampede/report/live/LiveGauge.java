package io.stampede.report.live;

import io.stampede.result.GaugeSeries;

/**
 * A gauge that gets a chart.
 *
 * @param unit of what is shown; empty where only whoever registered the gauge knows
 */
record LiveGauge(String name, String unit) {

    private static final String MIB = "MiB";

    /** In the units of the run's own report. */
    static LiveGauge of(String name) {
        String unit = name.equals(GaugeSeries.HEAP_AFTER_COLLECTION) ? MIB : GaugeSeries.ofEngine(name) ? "%" : "";
        return new LiveGauge(name, unit);
    }

    /** A value that was read, in the unit. */
    double inUnit(double value) {
        return unit.equals(MIB) ? value / (1 << 20) : value;
    }
}
