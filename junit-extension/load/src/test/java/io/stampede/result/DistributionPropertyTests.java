package io.stampede.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;

/** Percentiles against a sorted array. Seeds are fixed, so that a failure repeats. */
class DistributionPropertyTests {

    private static final String SEED = "1706";

    @Property(seed = SEED)
    void percentilesAreTheNearestRankOfTheSortedValues(
            @ForAll("samples") @NotEmpty long[] samples, @ForAll("percentiles") BigDecimal percentile) {
        long[] sorted = samples.clone();
        Arrays.sort(sorted);

        assertThat(of(samples).percentileNanos(percentile.doubleValue()))
                .isEqualTo((double) sorted[rank(percentile, sorted.length) - 1]);
    }

    @Property(seed = SEED)
    void percentilesOfManyEqualValuesAreTheNearestRankToo(
            @ForAll @LongRange(min = 1, max = 1_000_000_000) long low,
            @ForAll @LongRange(min = 1, max = 1_000_000_000) long high,
            @ForAll("percentiles") BigDecimal percentile) {
        Distribution two = Distribution.of(new long[] {10, 20}, new long[] {low, high});
        BigDecimal rank = percentile
                .multiply(BigDecimal.valueOf(low + high))
                .divide(BigDecimal.valueOf(100))
                .setScale(0, RoundingMode.CEILING);

        assertThat(two.percentileNanos(percentile.doubleValue()))
                .isEqualTo(rank.compareTo(BigDecimal.valueOf(low)) <= 0 ? 10 : 20);
    }

    @Property(seed = SEED)
    void percentilesRise(@ForAll("samples") @NotEmpty long[] samples) {
        Distribution distribution = of(samples);

        double last = distribution.percentileNanos(0);
        assertThat(last).isEqualTo((double) Arrays.stream(samples).min().orElseThrow());
        for (double percentile = 0; percentile <= 100; percentile += 0.5) {
            assertThat(distribution.percentileNanos(percentile)).isGreaterThanOrEqualTo(last);
            last = distribution.percentileNanos(percentile);
        }
        assertThat(last).isEqualTo((double) Arrays.stream(samples).max().orElseThrow());
    }

    @Property(seed = SEED)
    void anySplitAddsUpToTheWhole(@ForAll("samples") long[] samples, @ForAll @IntRange(min = 1, max = 8) int parts) {
        List<Distribution> split = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int mine = part;
            split.add(of(Arrays.stream(samples)
                    .filter(sample -> Math.floorMod(sample, parts) == mine)
                    .toArray()));
        }
        // Halves as well, in which the same values occur.
        Distribution first = of(Arrays.copyOf(samples, samples.length / 2));
        Distribution second = of(Arrays.copyOfRange(samples, samples.length / 2, samples.length));

        Distribution whole = of(samples);

        assertThat(split.stream().reduce(Distribution.EMPTY, Distribution::plus))
                .isEqualTo(whole);
        assertThat(first.plus(second)).isEqualTo(whole).isEqualTo(second.plus(first));
        assertThat(first.plus(second).count()).isEqualTo(samples.length);
        assertThat(first.plus(second).meanNanos()).isEqualTo((Double) whole.meanNanos()); // boxed: NaN where empty
    }

    @Property(seed = SEED)
    void theMeanIsThatOfTheValues(@ForAll("samples") @NotEmpty long[] samples) {
        assertThat(of(samples).meanNanos())
                .isEqualTo(Arrays.stream(samples).average().orElseThrow());
    }

    @Provide
    Arbitrary<long[]> samples() {
        // Few different values, many, and large ones; the sums stay exact in a double.
        return Arbitraries.oneOf(
                        Arbitraries.longs().between(0, 20),
                        Arbitraries.longs().between(0, 1_000_000),
                        Arbitraries.longs().between(0, 86_400_000_000_000L))
                .array(long[].class)
                .ofMaxSize(100);
    }

    @Provide
    Arbitrary<BigDecimal> percentiles() {
        return Arbitraries.oneOf(
                Arbitraries.of("0", "50", "75", "90", "95", "99", "99.9", "99.99", "100")
                        .map(BigDecimal::new),
                Arbitraries.bigDecimals()
                        .between(BigDecimal.ZERO, BigDecimal.valueOf(100))
                        .ofScale(2));
    }

    private static int rank(BigDecimal percentile, int count) {
        return Math.max(
                1,
                percentile
                        .multiply(BigDecimal.valueOf(count))
                        .divide(BigDecimal.valueOf(100))
                        .setScale(0, RoundingMode.CEILING)
                        .intValueExact());
    }

    private static Distribution of(long[] samples) {
        TreeMap<Long, Long> counts = new TreeMap<>();
        Arrays.stream(samples).forEach(sample -> counts.merge(sample, 1L, Long::sum));
        return Distribution.of(
                counts.keySet().stream().mapToLong(Long::longValue).toArray(),
                counts.values().stream().mapToLong(Long::longValue).toArray());
    }
}
