package io.stampede.verdict;

import io.stampede.metric.Unit;

/**
 * What the load generator is judged by.
 *
 * @since 0.1
 */
public enum GeneratorFigure {
    /** How long after they were due operations started: the 99th percentile. */
    LAG("lag p99", Unit.NANOS),
    /** The rate at which operations started, as a percentage of the planned one. */
    START_RATE("start rate", Unit.PERCENT),
    /** How late a thread of this JVM woke up: at most this in 99 % of the time. */
    HICCUP("hiccup p99", Unit.NANOS),
    /** Percent of the time for which garbage collections stopped this JVM. */
    COLLECTIONS("GC pauses", Unit.PERCENT),
    /** Percent of the processors that this process used. */
    PROCESS_CPU("CPU of this process", Unit.PERCENT),
    /** Percent of the machine's processors that were busy. */
    MACHINE_CPU("CPU of the machine", Unit.PERCENT);

    private final String label;
    private final Unit unit;

    GeneratorFigure(String label, Unit unit) {
        this.label = label;
        this.unit = unit;
    }

    /** {@return the name that tables use, such as {@code lag p99}} */
    public String label() {
        return label;
    }

    /** {@return what its values are in} */
    public Unit unit() {
        return unit;
    }
}
