package io.stampede.recorder;

import io.stampede.result.Distribution;
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
        int size = 0;
        for (HistogramIterationValue value : histogram.recordedValues()) {
            size += value.getCountAtValueIteratedTo() > 0 ? 1 : 0;
        }
        long[] values = new long[size];
        long[] counts = new long[size];
        int i = 0;
        for (HistogramIterationValue value : histogram.recordedValues()) {
            if (value.getCountAtValueIteratedTo() > 0) {
                values[i] = value.getValueIteratedTo();
                counts[i++] = value.getCountAtValueIteratedTo();
            }
        }
        return Distribution.of(values, counts);
    }
}
