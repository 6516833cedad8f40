package io.stampede.benchmarks.micro;

import io.stampede.internal.schedule.Schedule;
import io.stampede.scenario.Rate;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** When is the next operation due? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScheduleBenchmark {

    private static final long SEED = 1;
    private static final int OPERATIONS = 1_000_000;
    private static final Duration DURATION = Duration.ofSeconds(1_000);

    @Param({"burst", "paced", "constant", "poisson", "ramp", "waves"})
    String shape = "burst";

    private @Nullable Schedule schedule;

    @Benchmark
    public long next() {
        Schedule current = schedule;
        if (current == null || !current.hasNext()) {
            current = Schedule.of(workload(), SEED);
            schedule = current;
        }
        return current.nextDueNanos();
    }

    private Workload workload() {
        return switch (shape) {
            case "burst" -> Workload.burst(OPERATIONS);
            case "paced" -> Workload.paced(OPERATIONS, Duration.ofMillis(1));
            case "constant" -> Workload.arrivals(Rate.perSecond(1_000), DURATION);
            case "poisson" -> Workload.poisson(Rate.perSecond(1_000), DURATION);
            case "ramp" -> Workload.ramp(Rate.perSecond(1), Rate.perSecond(1_999), DURATION);
            case "waves" -> Workload.waves(OPERATIONS, DURATION, Duration.ofSeconds(1));
            default -> throw new IllegalArgumentException("shape must be a kind of workload, but was " + shape);
        };
    }
}
