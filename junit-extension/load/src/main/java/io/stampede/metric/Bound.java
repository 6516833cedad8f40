package io.stampede.metric;

import io.stampede.internal.format.Times;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;

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
        NUMBER;

        /** A value as tables print it, such as {@code 3.2 ms} or {@code 99.9 %}. */
        public String format(double value) {
            return switch (this) {
                case TIME -> Times.formatNanos(value);
                case RATE -> Times.number(value) + " ops/s";
                case PERCENT -> percent(value);
                case NUMBER -> Times.number(value);
            };
        }

        // Cut and not rounded: 99.9996 % must not look like all.
        private static String percent(double value) {
            BigDecimal cut = BigDecimal.valueOf(value).setScale(3, RoundingMode.DOWN);
            return (cut.signum() == 0 ? "0" : cut.stripTrailingZeros().toPlainString()) + " %";
        }
    }

    /** Whether a value keeps the bound; one on the boundary does. */
    public boolean holds(double actual) {
        return upper ? actual <= value : actual >= value;
    }
}
