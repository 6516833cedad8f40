package io.stampede.benchmarks.micro;

import io.stampede.internal.recorder.Recorder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** Taking a sample that failed, beside what making its exception takes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Threads(1)
public class FailureBenchmark {

    private final Recorder recorder = new Recorder(4);
    private long index;

    @Benchmark
    public Throwable exceptionAlone() {
        return new IllegalStateException("no order " + ++index + " today");
    }

    /** As of a target that refuses all connections. */
    @Benchmark
    public Throwable sameMessage() {
        return taken("Connection refused");
    }

    @Benchmark
    public Throwable anotherNumber() {
        return taken("no order " + ++index + " today");
    }

    @Benchmark
    public Throwable anotherWord() {
        return taken("no order for " + word() + " today");
    }

    /** Nothing but the stack trace says what belongs together. */
    @Benchmark
    public Throwable nothingInCommon() {
        return taken(word());
    }

    private String word() {
        long random = ++index * 0x9E3779B97F4A7C15L;
        char[] letters = new char[12];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (char) ('g' + (random >>> (5 * i) & 15));
        }
        return new String(letters);
    }

    private Throwable taken(String message) {
        Throwable failure = new IllegalStateException(message);
        recorder.record(0, index, 0, 0, index, failure);
        return failure;
    }
}
