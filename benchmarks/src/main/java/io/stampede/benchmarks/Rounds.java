package io.stampede.benchmarks;

import java.util.Arrays;

/** The same figure, measured once a round. */
final class Rounds {

    private double[] values = new double[0];

    void add(double value) {
        values = Arrays.copyOf(values, values.length + 1);
        values[values.length - 1] = value;
        Arrays.sort(values);
    }

    /** Of an even number the mean of the middle two; NaN where nothing was measured. */
    double median() {
        int half = values.length / 2;
        return values.length == 0
                ? Double.NaN
                : values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    /** The value below which that share of the rounds lies, the nearest that was measured; NaN where nothing was. */
    double quantile(double share) {
        return values.length == 0 ? Double.NaN : values[(int) Math.round(share * (values.length - 1))];
    }

    double least() {
        return values.length == 0 ? Double.NaN : values[0];
    }

    double most() {
        return values.length == 0 ? Double.NaN : values[values.length - 1];
    }
}
