package io.stampede.report.text;

import io.stampede.internal.format.Times;
import io.stampede.metric.Unit;

/**
 * What values are shown in where many of them share a unit, as on a chart's axis or in a trend: the unit does not change
 * with their size.
 */
public enum DisplayUnit {
    MILLIS("ms", 1e-6),
    PER_SECOND("ops/s", 1),
    PERCENT("%", 1),
    /** Of a share, 0 to 1. */
    PERCENT_OF_SHARE("%", 100),
    MIB("MiB", 1.0 / (1 << 20)),
    PLAIN("", 1);

    private final String label;
    private final double factor;

    DisplayUnit(String label, double factor) {
        this.label = label;
        this.factor = factor;
    }

    public static DisplayUnit of(Unit unit) {
        return switch (unit) {
            case NANOS -> MILLIS;
            case PER_SECOND -> PER_SECOND;
            case PERCENT -> PERCENT;
            case SHARE -> PERCENT_OF_SHARE;
            case BYTES -> MIB;
            case COUNT -> PLAIN;
        };
    }

    /** Such as {@code MiB}; may be empty. */
    public String label() {
        return label;
    }

    /** A value in the unit that it was measured in, in this one. */
    public double inUnit(double value) {
        return this == PERCENT_OF_SHARE ? Times.percentOfShare(value) : value * factor;
    }

    /** A value in the unit that it was measured in, for people. */
    public String format(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return (Times.number(inUnit(value)) + " " + label).strip();
    }
}
