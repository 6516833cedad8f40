package io.stampede.internal.baseline;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Whether one figure of a run is one more of the same as those of earlier runs, as logarithms: a change is a factor, and
 * the noise of times grows with them. Runs differ among themselves, so that the run counts as one observation, however
 * many operations it had: {@code t = (y - mean) / (s * sqrt(1 + 1/n))}, a prediction interval for one more observation.
 *
 * @param change of the logarithm, from the mean of the earlier runs
 * @param error its standard error
 * @param runs earlier ones that count
 * @param leftOut earlier ones that do not: outliers
 */
record ChangeEstimate(double change, double error, int runs, int leftOut) {

    /** No figure is known better than this: histograms keep three digits. */
    private static final double LEAST_VARIANCE = 0.001 * 0.001;

    /**
     * @param now logarithm of the run's figure
     * @param nowNoise its variance by the run's own slices; NaN where unknown
     * @param before logarithms of the earlier runs' figures, at least two
     * @param beforeNoise the variances of each by its own slices; NaN where unknown
     */
    static ChangeEstimate of(double now, double nowNoise, double[] before, double[] beforeNoise) {
        Sample all = Sample.of(before);
        Sample sample = all.withoutOutliers();
        double noise =
                Arrays.stream(beforeNoise).filter(Double::isFinite).average().orElse(0);
        // A few runs may be close together by luck, but not closer than each of them is known.
        double between = Math.max(LEAST_VARIANCE, Math.max(sample.variance(), noise));
        // Where this run is less steady than those were, its figure is known less well.
        double more = Double.isNaN(nowNoise) ? 0 : Math.max(0, nowNoise - noise);
        double variance = between * (1 + 1.0 / sample.size()) + more;
        return new ChangeEstimate(now - sample.mean(), Math.sqrt(variance), sample.size(), all.size() - sample.size());
    }

    /** Probability of a figure this much higher, or more, where nothing has changed. */
    double chanceHigher() {
        return distribution().survivalProbability(change / error);
    }

    /** Probability of a figure this much lower, or more, where nothing has changed. */
    double chanceLower() {
        return distribution().cumulativeProbability(change / error);
    }

    /** Half the width of an interval around the change. */
    double margin(double confidence) {
        return error * distribution().inverseSurvivalProbability((1 - confidence) / 2);
    }

    /** The change of the logarithm that is as unlikely as this where nothing has changed. */
    double quantile(double chance) {
        return error * distribution().inverseSurvivalProbability(chance);
    }

    private TDistribution distribution() {
        return TDistribution.of(runs - 1.0);
    }
}
