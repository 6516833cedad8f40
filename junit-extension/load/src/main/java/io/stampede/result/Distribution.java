package io.stampede.result;

import io.stampede.metric.Statistic;
import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;

/**
 * How often each duration was measured, as sparse buckets of a histogram. Immutable, and merged without loss; percentiles
 * could only be averaged.
 *
 * @since 0.1
 */
public final class Distribution implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Nothing measured. */
    public static final Distribution EMPTY = new Distribution(new long[0], new long[0], 0, 0);

    /** The buckets' values, strictly rising. */
    private final long[] valuesNanos;
    /** How often each bucket's value was measured. */
    private final long[] counts;
    /** The sum of {@link #counts}. */
    private final long count;
    /** The sum of all measured values. */
    private final double sumNanos;

    private Distribution(long[] valuesNanos, long[] counts, long count, double sumNanos) {
        this.valuesNanos = valuesNanos;
        this.counts = counts;
        this.count = count;
        this.sumNanos = sumNanos;
    }

    /**
     * {@return the distribution with these buckets}
     *
     * @param valuesNanos the buckets' values in nanoseconds, strictly rising
     * @param counts how often each was measured, at least 1
     */
    public static Distribution of(long[] valuesNanos, long[] counts) {
        if (valuesNanos.length != counts.length) {
            throw new IllegalArgumentException(
                    "counts must be as many as values (" + valuesNanos.length + "), but were " + counts.length);
        }
        long count = 0;
        double sum = 0;
        for (int i = 0; i < valuesNanos.length; i++) {
            if (counts[i] < 1) {
                throw new IllegalArgumentException("counts must be at least 1, but was " + counts[i] + " at " + i);
            }
            if (valuesNanos[i] < 0 || (i > 0 && valuesNanos[i] <= valuesNanos[i - 1])) {
                throw new IllegalArgumentException(
                        "valuesNanos must rise strictly from 0, but was " + valuesNanos[i] + " at " + i);
            }
            count += counts[i];
            sum += (double) valuesNanos[i] * counts[i];
        }
        return count == 0 ? EMPTY : new Distribution(valuesNanos.clone(), counts.clone(), count, sum);
    }

    /** {@return how many values were measured} */
    public long count() {
        return count;
    }

    /** {@return whether nothing was measured} */
    public boolean isEmpty() {
        return count == 0;
    }

    /** {@return the number of buckets} */
    public int size() {
        return valuesNanos.length;
    }

    /**
     * {@return a bucket's value, which rises with the index}
     *
     * @param bucket from 0
     */
    public long valueNanos(int bucket) {
        return valuesNanos[bucket];
    }

    /**
     * {@return how often a bucket's value was measured}
     *
     * @param bucket from 0
     */
    public long countAt(int bucket) {
        return counts[bucket];
    }

    /**
     * The smallest value that at least {@code percentile} percent of all values do not exceed (nearest rank).
     *
     * @param percentile 0 to 100; 0 is the minimum, 100 the maximum
     * @return nanoseconds; NaN if nothing was measured
     */
    public double percentileNanos(double percentile) {
        if (!(percentile >= 0 && percentile <= 100)) {
            throw new IllegalArgumentException("percentile must be 0 to 100, but was " + percentile);
        }
        if (count == 0) {
            return Double.NaN;
        }
        // Rounded before the ceiling: 99.9 % of 1000 is 999.0000000000001 in floating point.
        long rank = Math.max(1, (long) Math.ceil(Math.round(percentile / 100 * count * 1e6) / 1e6));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return valuesNanos[i];
            }
        }
        return valuesNanos[valuesNanos.length - 1];
    }

    /**
     * {@return a statistic in nanoseconds; NaN if nothing was measured}
     *
     * @param statistic a percentile, {@link Statistic#MIN}, {@link Statistic#MAX} or {@link Statistic#MEAN}
     * @throws IllegalArgumentException if it is one that only gauges have
     */
    public double nanos(Statistic statistic) {
        if (statistic instanceof Statistic.Percentile percentile) {
            return percentileNanos(percentile.percent());
        }
        if (statistic == Statistic.MIN) {
            return percentileNanos(0);
        }
        if (statistic == Statistic.MAX) {
            return percentileNanos(100);
        }
        if (statistic == Statistic.MEAN) {
            return meanNanos();
        }
        throw new IllegalArgumentException("statistic must be a percentile, min, max or mean, but was " + statistic);
    }

    /**
     * {@return the same as {@link #percentileNanos}, as a duration; zero if nothing was measured}
     *
     * @param percentile 0 to 100; 0 is the minimum, 100 the maximum
     */
    public Duration percentile(double percentile) {
        return duration(percentileNanos(percentile));
    }

    /** {@return the arithmetic mean in nanoseconds; NaN if nothing was measured} */
    public double meanNanos() {
        return count == 0 ? Double.NaN : sumNanos / count;
    }

    /** {@return the arithmetic mean; zero if nothing was measured} */
    public Duration mean() {
        return duration(meanNanos());
    }

    /** {@return the smallest value; zero if nothing was measured} */
    public Duration min() {
        return percentile(0);
    }

    /** {@return the largest value; zero if nothing was measured} */
    public Duration max() {
        return percentile(100);
    }

    /**
     * {@return the values of both together}
     *
     * @param other the values that are added
     */
    public Distribution plus(Distribution other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        long[] values = new long[size() + other.size()];
        long[] sums = new long[values.length];
        int size = 0;
        int left = 0;
        int right = 0;
        while (left < size() || right < other.size()) {
            long a = left < size() ? valuesNanos[left] : Long.MAX_VALUE;
            long b = right < other.size() ? other.valuesNanos[right] : Long.MAX_VALUE;
            values[size] = Math.min(a, b);
            sums[size] = (a <= b ? counts[left++] : 0) + (b <= a ? other.counts[right++] : 0);
            size++;
        }
        return new Distribution(
                Arrays.copyOf(values, size), Arrays.copyOf(sums, size), count + other.count, sumNanos + other.sumNanos);
    }

    /**
     * What is left without some of the values, such as a run so far without what had ended earlier.
     *
     * @param part values that are all in this distribution
     * @return the others
     * @throws IllegalArgumentException if one of them is not
     */
    public Distribution minus(Distribution part) {
        if (part.isEmpty()) {
            return this;
        }
        long[] values = new long[size()];
        long[] rest = new long[size()];
        int size = 0;
        int other = 0;
        for (int i = 0; i < size(); i++) {
            boolean same = other < part.size() && part.valuesNanos[other] == valuesNanos[i];
            long left = counts[i] - (same ? part.counts[other++] : 0);
            if (left < 0) {
                throw notAPart(valuesNanos[i]);
            }
            if (left > 0) {
                values[size] = valuesNanos[i];
                rest[size++] = left;
            }
        }
        if (other < part.size()) {
            throw notAPart(part.valuesNanos[other]);
        }
        return of(Arrays.copyOf(values, size), Arrays.copyOf(rest, size));
    }

    private static IllegalArgumentException notAPart(long valueNanos) {
        return new IllegalArgumentException(
                "part must have no value more often than the whole, but had " + valueNanos + " ns");
    }

    private static Duration duration(double nanos) {
        return Double.isNaN(nanos) ? Duration.ZERO : Duration.ofNanos(Math.round(nanos));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Distribution that
                && Arrays.equals(valuesNanos, that.valuesNanos)
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(valuesNanos) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return isEmpty()
                ? "Distribution[empty]"
                : "Distribution[count=" + count + ", p50=" + percentile(50) + ", p99=" + percentile(99) + ", max="
                        + max() + "]";
    }
}
