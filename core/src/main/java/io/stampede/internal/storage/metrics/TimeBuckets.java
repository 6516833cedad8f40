package io.stampede.internal.storage.metrics;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A histogram in a few buckets, the same ones always, so that those of several processes can be added up: 1, 2 and 5 times
 * each power of ten from a microsecond to 500 s. Times near a bound are off by at most 0.1 %, as they were recorded.
 *
 * @param counts how many times each bucket holds, shortest first; the last holds what is longer than the longest bound
 * @param count how many times there are
 * @param sumNanos their sum in nanoseconds
 */
public record TimeBuckets(List<Long> counts, long count, double sumNanos) {

    private static final long[] BOUNDS = bounds();

    public TimeBuckets {
        counts = List.copyOf(counts);
        if (counts.size() != BOUNDS.length + 1) {
            throw new IllegalArgumentException(
                    "counts must have " + (BOUNDS.length + 1) + " buckets, but had " + counts.size());
        }
    }

    /** The upper bounds in nanoseconds, shortest first, each part of its bucket; the last bucket has none. */
    public static long[] boundsNanos() {
        return BOUNDS.clone();
    }

    static TimeBuckets of(Histogram times) {
        long[] counts = new long[BOUNDS.length + 1];
        double sum = 0;
        int bucket = 0;
        for (HistogramIterationValue value : times.recordedValues()) {
            long middle = times.medianEquivalentValue(value.getValueIteratedTo());
            while (bucket < BOUNDS.length && middle > BOUNDS[bucket]) {
                bucket++;
            }
            counts[bucket] += value.getCountAtValueIteratedTo();
            sum += (double) middle * value.getCountAtValueIteratedTo();
        }
        List<Long> all = new ArrayList<>();
        for (long one : counts) {
            all.add(one);
        }
        return new TimeBuckets(all, times.getTotalCount(), sum);
    }

    private static long[] bounds() {
        List<Long> bounds = new ArrayList<>();
        for (long power = 1_000; power <= 100_000_000_000L; power *= 10) {
            bounds.addAll(List.of(power, 2 * power, 5 * power));
        }
        return bounds.stream().mapToLong(Long::longValue).toArray();
    }
}
