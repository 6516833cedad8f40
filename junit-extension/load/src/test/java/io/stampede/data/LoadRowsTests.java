package io.stampede.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stampede.LoadTest;
import io.stampede.operation.Iteration;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which row an operation gets. */
class LoadRowsTests {

    @RepeatedTest(20)
    void circularGivesEachRowEquallyOftenWhateverTheirNumber(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        int size = random.nextInt(1, 200);
        int rounds = random.nextInt(1, 20);

        Map<Integer, Integer> given = counts(rows(size), (long) size * rounds);

        assertThat(given).as("%d rows", size).hasSize(size);
        assertThat(given.values()).containsOnly(rounds);
    }

    @Test
    void circularFollowsTheIndex() {
        assertThat(LongStream.range(0, 7).mapToObj(rows(3)::row)).containsExactly(0, 1, 2, 0, 1, 2, 0);
        assertThat(rows(3).row(3_000_000_001L)).isEqualTo(1);
    }

    @Test
    void randomIsTheSameForTheSameSeedAndIndex() {
        LoadRows<Integer> one = rows(1000).random(42);
        LoadRows<Integer> same = rows(1000).random(42);
        LoadRows<Integer> other = rows(1000).random(43);

        assertThat(draws(one, 100)).isEqualTo(draws(same, 100)).isNotEqualTo(draws(other, 100));
        assertThat(one.row(7)).isEqualTo(one.row(7));
    }

    @Test
    void randomDrawsAreTheSameInEveryVersion() {
        assertThat(draws(rows(1000).random(42), 5)).containsExactly(62, 775, 1, 3, 85);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 42, Long.MAX_VALUE, Long.MIN_VALUE})
    void randomIsUniform(long seed) {
        int size = 50;
        int draws = 100_000;

        Map<Integer, Integer> given = counts(rows(size).random(seed), draws);

        double expected = draws / (double) size;
        double chiSquare = IntStream.range(0, size)
                .mapToDouble(row -> Math.pow(given.getOrDefault(row, 0) - expected, 2) / expected)
                .sum();
        // 49 degrees of freedom: mean 49, deviation 10. A lattice is far below, a preference far above.
        assertThat(chiSquare).isBetween(15.0, 100.0);
    }

    @Test
    void randomDoesNotFollowTheIterationsOwnNumbers() {
        LoadRows<Integer> rows = rows(1000).random(42);
        Queue<double[]> pairs = new ConcurrentLinkedQueue<>();

        LoadTest.named("pairs")
                .seed(42)
                .workload(Workload.burst(2000))
                .run(it -> pairs.add(new double[] {rows.next(it), it.random().nextDouble()}));

        assertThat(correlation(List.copyOf(pairs))).isCloseTo(0, within(0.1));
    }

    @Test
    void onceGivesEachRowExactlyOnceWhateverTheThread() {
        LoadRows<Integer> rows = rows(5000).once();
        Queue<Integer> given = new ConcurrentLinkedQueue<>();

        LoadTest.named("once").workload(Workload.burst(5000)).run(it -> given.add(rows.next(it)));

        assertThat(given)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 5000).boxed().toList());
    }

    @Test
    void onceFailsTheOperationsBeyondTheLastRow() {
        LoadRows<Integer> rows = rows(80).once();

        LoadResult result = LoadTest.named("beyond")
                .workload(Workload.burst(100))
                .run(rows::next)
                .result();

        assertThat(result.succeeded()).isEqualTo(80);
        assertThat(result.failed()).isEqualTo(20);
        assertThatThrownBy(() -> rows.row(80))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "numbers.csv has 80 rows and gives each once: there is none for operation 80, counted from 0."
                                + " Add rows, run fewer operations, or take the rows circular or random.");
    }

    @Test
    void onceGivesAWarmUpTheLastRows() {
        LoadRows<Integer> rows = rows(100).once();
        Queue<Integer> given = new ConcurrentLinkedQueue<>();

        LoadResult result = LoadTest.named("warm")
                .warmUp(Workload.burst(20))
                .workload(Workload.burst(80))
                .run(it -> given.add(rows.next(it)))
                .result();

        assertThat(result.succeeded()).isEqualTo(80);
        assertThat(rows.row(Iteration.WARM_UP_INDEX)).isEqualTo(99);
        assertThat(given)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).boxed().toList());
    }

    private static LoadRows<Integer> rows(int size) {
        return new LoadRows<>("numbers.csv", IntStream.range(0, size).boxed().toList());
    }

    private static List<Integer> draws(LoadRows<Integer> rows, int count) {
        return LongStream.range(0, count).mapToObj(rows::row).toList();
    }

    private static Map<Integer, Integer> counts(LoadRows<Integer> rows, long draws) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (long index = 0; index < draws; index++) {
            counts.merge(rows.row(index), 1, Integer::sum);
        }
        return counts;
    }

    private static double correlation(List<double[]> pairs) {
        double meanX = pairs.stream().mapToDouble(pair -> pair[0]).average().orElseThrow();
        double meanY = pairs.stream().mapToDouble(pair -> pair[1]).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (double[] pair : pairs) {
            xy += (pair[0] - meanX) * (pair[1] - meanY);
            xx += Math.pow(pair[0] - meanX, 2);
            yy += Math.pow(pair[1] - meanY, 2);
        }
        return xy / Math.sqrt(xx * yy);
    }
}
