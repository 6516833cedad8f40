package io.stampede.benchmarks.micro;

import io.stampede.internal.recorder.Recorder;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** Taking one sample, beside what a histogram alone takes for it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecorderBenchmark {

    /** Shared by all threads, as in a run. */
    @State(Scope.Benchmark)
    public static class Shared {
        private final Recorder recorder = new Recorder(4);
    }

    /** Samples of one thread: a million a second, which took 0 to 65 us each. */
    @State(Scope.Thread)
    public static class Samples {
        private static final long GAP_NANOS = 1_000;

        private final Histogram histogram = new Histogram(60_000_000_000L, 3);
        private final int stripe = (int) Thread.currentThread().getId();
        private long index;

        private long nextNanos() {
            // The high bits of a Weyl sequence: evenly spread, and it takes no memory that would be measured too.
            return (++index * 0x9E3779B97F4A7C15L) >>> 48;
        }

        private long endNanos() {
            return index * GAP_NANOS;
        }
    }

    @Benchmark
    @Threads(1)
    public void record(Shared shared, Samples samples) {
        take(shared, samples);
    }

    @Benchmark
    @Threads(2)
    public void recordByTwo(Shared shared, Samples samples) {
        take(shared, samples);
    }

    @Benchmark
    @Threads(1)
    public void histogramAlone(Samples samples) {
        samples.histogram.recordValue(samples.nextNanos());
    }

    private static void take(Shared shared, Samples samples) {
        long nanos = samples.nextNanos();
        long end = samples.endNanos();
        shared.recorder.record(samples.stripe, samples.index, end - nanos - 1_000, end - nanos, end, null);
    }
}
