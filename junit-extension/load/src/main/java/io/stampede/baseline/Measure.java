package io.stampede.baseline;

import io.stampede.metric.Metric;

/**
 * A figure of a run that is compared with those of earlier runs. Not the mean: in simulated runs without a change, a
 * handful of very long operations in some of them made it alarm in 5 % of the comparisons.
 *
 * @since 0.1
 */
public enum Measure {
    /** Nanoseconds, end - due. */
    P50(Metric.Time.response(50), 10),
    /** Nanoseconds, end - due. */
    P95(Metric.Time.response(95), 100),
    /** Nanoseconds, end - due. */
    P99(Metric.Time.response(99), 500),
    /** Operations per second; only if the plan does not fix the rate. */
    THROUGHPUT(Metric.Throughput.OF_ALL, 10),
    /** Operations at once that the target bore, of a stress test. */
    CAPACITY(new Metric.Capacity(), 10);

    @SuppressWarnings("ImmutableEnumChecker") // metrics are records of immutable parts
    private final Metric metric;

    private final long leastOperations;

    Measure(Metric metric, long leastOperations) {
        this.metric = metric;
        this.leastOperations = leastOperations;
    }

    /** {@return what is compared} */
    public Metric metric() {
        return metric;
    }

    /** {@return the name that reports use, such as {@code response time p95}} */
    public String label() {
        return metric.label();
    }

    /**
     * {@return a value as tables print it, such as {@code 1.2 ms}}
     *
     * @param value in the metric's unit
     */
    public String format(double value) {
        return metric.unit().format(value) + (this == CAPACITY ? " at once" : "");
    }

    /** {@return how many operations it takes until this says something: five of them beyond a percentile} */
    public long leastOperations() {
        return leastOperations;
    }
}
