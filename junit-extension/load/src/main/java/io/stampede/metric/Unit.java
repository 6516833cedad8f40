package io.stampede.metric;

import io.stampede.internal.format.Times;

/**
 * The unit of a value. Nothing else formats values for people.
 *
 * @since 0.1
 */
public enum Unit {
    /** Nanoseconds, shown in the unit that suits their size: {@code 3.2 ms}. */
    NANOS,
    /** Operations per second: {@code 1,200 ops/s}. */
    PER_SECOND,
    /** Percent, 0 to 100: {@code 99.9 %}. */
    PERCENT,
    /** A share, 0 to 1, shown in percent: 0.25 is {@code 25 %}. */
    SHARE,
    /** Bytes, shown in the binary unit that suits their size: {@code 12.5 MiB}. */
    BYTES,
    /** A plain number. */
    COUNT;

    /**
     * {@return the value as tables print it, such as {@code 3.2 ms} or {@code 99.9 %}}
     *
     * @param value in this unit; {@code ?} stands for NaN
     */
    public String format(double value) {
        return switch (this) {
            case NANOS -> Times.formatNanos(value);
            case PER_SECOND -> Times.number(value) + (Double.isInfinite(value) ? "" : " ops/s");
            case PERCENT -> Times.percent(value);
            case SHARE -> Times.percent(Times.percentOfShare(value));
            case BYTES -> Times.bytes(value);
            case COUNT -> Times.number(value);
        };
    }

    /** {@return what a limit of a gauge in this unit may look like, for messages} */
    String examples() {
        return switch (this) {
            case NANOS -> "a time such as \"< 10 ms\"";
            case PER_SECOND -> "a rate such as \"> 50 ops/s\" or a number";
            case PERCENT, SHARE -> "a percentage such as \"< 80 %\" or a number";
            case BYTES -> "a size such as \"< 512 MiB\" or a number of bytes";
            case COUNT -> "a number such as \"< 100\"";
        };
    }
}
