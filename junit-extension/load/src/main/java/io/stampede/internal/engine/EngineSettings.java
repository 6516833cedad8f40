package io.stampede.internal.engine;

import io.stampede.scenario.Validity;
import java.time.Duration;

/**
 * How the engine works; nothing here changes what a scenario means.
 *
 * @param threads what runs operations
 * @param maxConcurrency the most operations in flight at once; more than that start late, and the run is invalid
 * @param gaugeEvery how often gauges are read
 * @param spin for how long at most a thread spins before a due time instead of sleeping, since sleeping is about 0.1 ms
 *     late; never for more than half of the time to the operation after it
 * @param grace how long interrupted operations get to end
 * @param validity what the load generator is watched for
 */
public record EngineSettings(
        Threads threads, int maxConcurrency, Duration gaugeEvery, Duration spin, Duration grace, Validity validity) {

    public static final EngineSettings DEFAULT = new EngineSettings(
            Threads.AUTO, 10_000, Duration.ofMillis(100), Duration.ofNanos(200_000), Duration.ofSeconds(5));

    public EngineSettings {
        require("maxConcurrency", maxConcurrency >= 1 && maxConcurrency <= 1_000_000, "1 to 1,000,000", maxConcurrency);
        require("gaugeEvery", within(gaugeEvery, Duration.ofMillis(1), Duration.ofHours(1)), "1 ms to 1 h", gaugeEvery);
        require("spin", within(spin, Duration.ZERO, Duration.ofMillis(10)), "0 to 10 ms", spin);
        require("grace", within(grace, Duration.ofMillis(1), Duration.ofMinutes(10)), "1 ms to 10 min", grace);
    }

    /** With the standard limits for the load generator. */
    public EngineSettings(Threads threads, int maxConcurrency, Duration gaugeEvery, Duration spin, Duration grace) {
        this(threads, maxConcurrency, gaugeEvery, spin, grace, Validity.DEFAULT);
    }

    private static boolean within(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void require(String name, boolean valid, String rule, Object actual) {
        if (!valid) {
            throw new IllegalArgumentException(name + " must be " + rule + ", but was " + actual);
        }
    }
}
