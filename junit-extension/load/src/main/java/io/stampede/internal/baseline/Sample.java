package io.stampede.internal.baseline;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/** Mean and variance of a few numbers. */
final class Sample {

    private static final double OUTLIER = 0.01;
    private static final int LEAST = 4;

    private final double[] values;
    private final double mean;
    private final double variance;

    private Sample(double[] values) {
        this.values = values;
        this.mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        this.variance = squares / (values.length - 1);
    }

    /** @param values at least two */
    static Sample of(double... values) {
        return new Sample(values.clone());
    }

    double mean() {
        return mean;
    }

    double variance() {
        return variance;
    }

    int size() {
        return values.length;
    }

    /**
     * Without values that do not belong to the others: one run on a machine that was busy elsewhere would else make
     * every later change look like chance. By Grubbs' test at 1 %, at most one in five, and four are left.
     */
    Sample withoutOutliers() {
        Sample rest = this;
        for (int allowed = size() / 5; allowed > 0 && rest.size() > LEAST; allowed--) {
            int farthest = rest.farthest();
            if (rest.chanceOf(farthest) >= OUTLIER) {
                break;
            }
            rest = rest.without(farthest);
        }
        return rest;
    }

    private int farthest() {
        int farthest = 0;
        for (int i = 1; i < values.length; i++) {
            if (Math.abs(values[i] - mean) > Math.abs(values[farthest] - mean)) {
                farthest = i;
            }
        }
        return farthest;
    }

    /** Probability that the farthest of so many normal values is as far as this one, at most. */
    private double chanceOf(int index) {
        if (variance == 0) {
            return 1;
        }
        double n = values.length;
        double distance = Math.abs(values[index] - mean) / Math.sqrt(variance);
        double rest = (n - 1) * (n - 1) / n - distance * distance;
        if (rest <= 0) {
            return 0; // as far as it can be: all others are equal
        }
        double t = distance * Math.sqrt((n - 2) / rest);
        return Math.min(1, 2 * n * TDistribution.of(n - 2).survivalProbability(t));
    }

    private Sample without(int index) {
        double[] rest = new double[values.length - 1];
        System.arraycopy(values, 0, rest, 0, index);
        System.arraycopy(values, index + 1, rest, index, rest.length - index);
        return of(rest);
    }
}
