package io.stampede.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DistributionTests {

    @Test
    void mergesAsIfMeasuredTogether() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 200; round++) {
            long[] left = values(random);
            long[] right = values(random);
            long[] both = new long[left.length + right.length];
            System.arraycopy(left, 0, both, 0, left.length);
            System.arraycopy(right, 0, both, left.length, right.length);

            Distribution merged = of(left).plus(of(right));

            assertThat(merged).isEqualTo(of(both));
            Arrays.sort(both);
            for (double percentile : new double[] {1, 50, 90, 95, 99, 99.9, 100}) {
                double expected = both.length == 0
                        ? Double.NaN
                        : both[(int) Math.max(1, Math.ceil(percentile / 100 * both.length)) - 1];
                assertThat(merged.percentileNanos(percentile)).isEqualTo(expected);
            }
        }
    }

    @Test
    void hasNoPercentileWithoutData() {
        assertThat(Distribution.EMPTY.percentileNanos(99)).isNaN();
        assertThat(Distribution.EMPTY.meanNanos()).isNaN();
        assertThat(Distribution.EMPTY.percentile(99)).isEqualTo(Duration.ZERO);
    }

    @Test
    void takesTheNearestRank() {
        Distribution thousand =
                of(java.util.stream.LongStream.rangeClosed(1, 1000).toArray());

        assertThat(thousand.percentileNanos(99.9)).isEqualTo(999);
        assertThat(thousand.percentileNanos(50)).isEqualTo(500);
        assertThat(thousand.percentileNanos(0)).isEqualTo(1);
        assertThat(thousand.meanNanos()).isEqualTo(500.5);
    }

    @Test
    void refusesWhatIsNoDistribution() {
        assertThatThrownBy(() -> Distribution.of(new long[] {2, 1}, new long[] {1, 1}))
                .hasMessage("valuesNanos must rise strictly from 0, but was 1 at 1");
        assertThatThrownBy(() -> Distribution.of(new long[] {1}, new long[] {0}))
                .hasMessage("counts must be at least 1, but was 0 at 0");
        assertThatThrownBy(() -> of(new long[] {1}).percentileNanos(101))
                .hasMessage("percentile must be 0 to 100, but was 101.0");
    }

    private static long[] values(SplittableRandom random) {
        return random.longs(random.nextInt(60), 0, 40).toArray();
    }

    private static Distribution of(long[] values) {
        TreeMap<Long, Long> counts = new TreeMap<>();
        Arrays.stream(values).forEach(value -> counts.merge(value, 1L, Long::sum));
        return Distribution.of(
                counts.keySet().stream().mapToLong(Long::longValue).toArray(),
                counts.values().stream().mapToLong(Long::longValue).toArray());
    }
}
