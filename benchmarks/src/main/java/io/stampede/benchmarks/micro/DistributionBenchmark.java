package io.stampede.benchmarks.micro;

import io.stampede.result.Distribution;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reading and merging distributions, which happens a few times a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DistributionBenchmark {

    /** Three digits give a run some hundred to some thousand different values. */
    @Param({"100", "2000"})
    int buckets = 100;

    private Distribution one = Distribution.EMPTY;
    private Distribution other = Distribution.EMPTY;

    @Setup
    public void fill() {
        one = distribution(2);
        other = distribution(3); // half of the buckets meet
    }

    @Benchmark
    public double percentile() {
        return one.percentileNanos(99);
    }

    @Benchmark
    public Distribution plus() {
        return one.plus(other);
    }

    private Distribution distribution(int step) {
        long[] counts = new long[buckets];
        Arrays.fill(counts, 7);
        return Distribution.of(LongStream.range(0, buckets).map(i -> i * step).toArray(), counts);
    }
}
