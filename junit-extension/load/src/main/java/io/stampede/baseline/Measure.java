package io.stampede.baseline;

import io.stampede.internal.format.Times;

/**
 * A figure of a run that is compared with those of earlier runs. Not the mean: in simulated runs without a change, a
 * handful of very long operations in some of them made it alarm in 5 % of the comparisons.
 *
 * @since 0.1
 */
public enum Measure {
    /** Nanoseconds, end - due. */
    P50("response time p50", 50),
    /** Nanoseconds, end - due. */
    P95("response time p95", 95),
    /** Nanoseconds, end - due. */
    P99("response time p99", 99),
    /** Operations per second; only where the plan does not fix the rate. */
    THROUGHPUT("throughput", 0),
    /** Operations at once that the target bore, of a stress test. */
    CAPACITY("capacity", 0);

    private final String label;
    private final double percentile;

    Measure(String label, double percentile) {
        this.label = label;
        this.percentile = percentile;
    }

    /** {@return what reports call it, such as {@code response time p95}} */
    public String label() {
        return label;
    }

    /** {@return whether less of it is better, which is so for times} */
    public boolean isTime() {
        return this != THROUGHPUT && this != CAPACITY;
    }

    /**
     * Formats a value as tables print it, such as {@code 1.2 ms}.
     *
     * @param value in the unit of this measure
     * @return the value with its unit
     */
    public String format(double value) {
        return switch (this) {
            case THROUGHPUT -> Times.number(value) + " ops/s";
            case CAPACITY -> Times.number(value) + " at once";
            default -> Times.formatNanos(value);
        };
    }

    /** {@return how many operations it takes until this says something: five of them beyond a percentile} */
    public long leastOperations() {
        return percentile == 0 ? 10 : Math.round(5 / (1 - percentile / 100));
    }

    /** {@return the percentile, above 0 and below 100; 0 if it is not a percentile} */
    public double percentile() {
        return percentile;
    }
}
