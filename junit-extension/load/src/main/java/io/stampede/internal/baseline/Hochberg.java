package io.stampede.internal.baseline;

import java.util.Arrays;

/**
 * Several tests at once, with one error rate for all of them. Hochberg's step-up procedure: like Holm's it keeps the rate
 * of any false alarm, and finds more where all figures moved together, which is how a slowdown mostly looks. It needs
 * tests that are not negatively dependent; figures of one run rise and fall together (Hochberg 1988; Sarkar 1998).
 */
final class Hochberg {

    private Hochberg() {}

    /**
     * @param chances p-values; NaN for what was not tested
     * @return which of them are significant
     */
    static boolean[] significant(double[] chances, double errorRate) {
        double[] sorted = Arrays.stream(chances)
                .filter(chance -> !Double.isNaN(chance))
                .sorted()
                .toArray();
        double limit = -1;
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] <= errorRate / (sorted.length - i)) {
                limit = sorted[i];
            }
        }
        boolean[] significant = new boolean[chances.length];
        for (int i = 0; i < chances.length; i++) {
            significant[i] = chances[i] <= limit;
        }
        return significant;
    }
}
