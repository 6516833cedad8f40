package io.stampede.internal.baseline;

import io.stampede.baseline.Measure;
import java.util.Arrays;
import java.util.List;

/** How much a run's figure would vary by chance, by how much its slices do. */
final class Noise {

    private static final int LEAST_SLICES = 4;
    private static final double MAX_CORRELATION = 0.8;

    /** Standard deviation of a normal distribution for each unit of median absolute deviation. */
    private static final double PER_MEDIAN_DEVIATION = 1.4826;

    private Noise() {}

    /**
     * Variance of the logarithm of a run's figure. Slices that follow each other are alike, which makes fewer of them:
     * by the correlation of neighbours, as in a first-order autoregressive series. By the median deviation, so that the
     * slices in which code was still being compiled do not count for more than one each.
     *
     * @return NaN where there are too few slices
     */
    static double of(List<StoredRun.Slice> slices, Measure measure) {
        double[] logs = slices.stream()
                .filter(slice -> slice.figures().containsKey(measure))
                .mapToDouble(slice -> Math.log(slice.figures().get(measure)))
                .toArray();
        if (logs.length < LEAST_SLICES || logs.length < slices.size()) {
            return Double.NaN;
        }
        double middle = median(logs);
        double deviation = PER_MEDIAN_DEVIATION
                * median(Arrays.stream(logs).map(log -> Math.abs(log - middle)).toArray());
        double correlation = Math.max(0, Math.min(MAX_CORRELATION, correlation(logs)));
        return deviation * deviation / logs.length * (1 + correlation) / (1 - correlation);
    }

    /** Of each value with the one after it. */
    private static double correlation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double product = 0;
        double square = 0;
        for (int i = 0; i < values.length; i++) {
            square += (values[i] - mean) * (values[i] - mean);
            if (i > 0) {
                product += (values[i] - mean) * (values[i - 1] - mean);
            }
        }
        return square == 0 ? 0 : product / square;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
