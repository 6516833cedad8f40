package io.stampede.internal.engine;

import io.stampede.internal.format.Times;
import io.stampede.scenario.Validity;
import java.time.Duration;
import java.util.Locale;

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

    public static final int MOST_CONCURRENCY = 1_000_000;
    public static final Duration LEAST_GAUGE_EVERY = Duration.ofMillis(1);
    public static final Duration MOST_GAUGE_EVERY = Duration.ofHours(1);
    public static final Duration MOST_SPIN = Duration.ofMillis(10);
    public static final Duration LEAST_GRACE = Duration.ofMillis(1);
    public static final Duration MOST_GRACE = Duration.ofMinutes(10);

    // After the bounds, which it is checked against.
    public static final EngineSettings DEFAULT = new EngineSettings(
            Threads.AUTO, 10_000, Duration.ofMillis(100), Duration.ofNanos(200_000), Duration.ofSeconds(5));

    public EngineSettings {
        if (maxConcurrency < 1 || maxConcurrency > MOST_CONCURRENCY) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "maxConcurrency = %,d, but it must be 1 to %,d.", maxConcurrency, MOST_CONCURRENCY));
        }
        require("gaugeEvery", gaugeEvery, LEAST_GAUGE_EVERY, MOST_GAUGE_EVERY);
        require("spin", spin, Duration.ZERO, MOST_SPIN);
        require("grace", grace, LEAST_GRACE, MOST_GRACE);
    }

    /** With the standard limits for the load generator. */
    public EngineSettings(Threads threads, int maxConcurrency, Duration gaugeEvery, Duration spin, Duration grace) {
        this(threads, maxConcurrency, gaugeEvery, spin, grace, Validity.DEFAULT);
    }

    private static void require(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " = " + Times.format(value) + ", but it must be "
                    + Times.format(least) + " to " + Times.format(most) + ".");
        }
    }
}
