package io.stampede.report.text;

import io.stampede.internal.format.Times;
import io.stampede.result.GaugeSeries;

/** What the values of a gauge are shown in. The only place that tells it from the gauge's name. */
public enum GaugeUnit {
    MIB("MiB"),
    PERCENT("%"),
    /** Known to nobody but whoever registered the gauge. */
    PLAIN("");

    private final String label;

    GaugeUnit(String label) {
        this.label = label;
    }

    public static GaugeUnit of(String gauge) {
        if (gauge.equals(GaugeSeries.HEAP_AFTER_COLLECTION)) {
            return MIB;
        }
        return GaugeSeries.ofEngine(gauge) ? PERCENT : PLAIN;
    }

    /** Such as {@code MiB}; may be empty. */
    public String label() {
        return label;
    }

    /** A value that was read, in this unit. */
    public double inUnit(double value) {
        return this == MIB ? value / (1 << 20) : value;
    }

    /** A value that was read, for people. */
    public String format(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return (Times.number(inUnit(value)) + " " + label).strip();
    }
}
