package io.stampede.internal.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Numbers as people read them. What was not measured is a dash.
 *
 * @since 0.1
 */
public final class Numbers {

    private Numbers() {}

    /** With commas, such as {@code 12,000}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** With what is counted, such as {@code 1 operation} or {@code 12,000 operations}. */
    public static String operations(long count) {
        return count(count) + (count == 1 ? " operation" : " operations");
    }

    /** A part or a multiple of a size, such as {@code 0.1}; never 0 if it is more. */
    public static String scale(double scale) {
        return scale >= 1
                ? Times.number(scale)
                : BigDecimal.valueOf(scale)
                        .round(new MathContext(3, RoundingMode.HALF_UP))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    /** A time in nanoseconds with its unit, such as {@code 1.23 ms}. */
    public static String nanos(double nanos) {
        return Double.isNaN(nanos) ? "-" : Times.formatNanos(nanos);
    }

    /**
     * By how much something changed, with its sign, such as {@code +12.5 %}.
     *
     * @param share of what it was before: 0.125 for an eighth more
     */
    public static String change(double share) {
        return (share < 0 ? "-" : "+") + Times.number(Math.abs(100 * share)) + " %";
    }
}
