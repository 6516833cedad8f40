package io.stampede.scenario;

import java.io.Serializable;

/**
 * A limit such as {@code < 10 ms}, {@code 100+ ops/sec} or {@code > 99.9 %}.
 *
 * @param upper whether values must be at most the limit; else at least
 * @param value in nanoseconds, operations per second, percent, or a gauge's own unit
 * @param unit what the value is in
 * @param label as the user wrote it, for tables
 * @since 0.1
 */
public record Bound(boolean upper, double value, Unit unit, String label) implements Serializable {

    /** What a bound's value is in. */
    public enum Unit {
        /** Nanoseconds. */
        TIME,
        /** Operations per second. */
        RATE,
        /** Percent, 0 to 100. */
        PERCENT,
        /** A plain number. */
        NUMBER
    }

    /** Whether a value keeps the bound; one on the boundary does. */
    public boolean holds(double actual) {
        return upper ? actual <= value : actual >= value;
    }
}
