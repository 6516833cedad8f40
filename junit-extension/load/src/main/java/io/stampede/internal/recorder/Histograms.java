package io.stampede.internal.recorder;

import io.stampede.result.Distribution;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** The one shape of histogram that is used, and its way out of here. */
final class Histograms {

    /** What is longer counts as this long. */
    static final long MAX_NANOS = 24L * 3600 * 1_000_000_000L;

    private Histograms() {}

    /** 1 ns to 24 h at three significant digits; grows as far as values need. */
    static Histogram create() {
        Histogram histogram = new Histogram(3);
        histogram.setAutoResize(true);
        return histogram;
    }

    static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.max(0, Math.min(nanos, MAX_NANOS)));
    }

    static Distribution distribution(Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return Distribution.EMPTY;
        }
        long[] values = new long[64];
        long[] counts = new long[64];
        int size = 0;
        for (HistogramIterationValue value : histogram.recordedValues()) {
            long count = value.getCountAtValueIteratedTo();
            if (count > 0) {
                if (size == values.length) {
                    values = Arrays.copyOf(values, 2 * size);
                    counts = Arrays.copyOf(counts, 2 * size);
                }
                values[size] = value.getValueIteratedTo();
                counts[size++] = count;
            }
        }
        return Distribution.of(Arrays.copyOf(values, size), Arrays.copyOf(counts, size));
    }
}
