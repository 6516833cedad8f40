package io.stampede.internal.format;

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
