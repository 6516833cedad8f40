package io.stampede.storage.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Histograms of times, by name, from a microsecond to ten minutes with three digits. Longer times count as ten minutes.
 * Thread-safe; recording takes no lock.
 *
 * @since 0.1
 */
public final class PerformanceMonitor {

    /** How long a call of {@code queue} took. */
    public static final String QUEUE = "conversation_queue";

    /** From when a conversation was queued until it was committed in Postgres. */
    public static final String STORE = "conversation_store";

    /** From when a conversation was committed until its embedding was, by the clock of Postgres. */
    public static final String EMBED = "conversation_embed";

    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

    /** The recorder takes the times in; the total is what has been taken out of it, under the total's own lock. */
    private record Stage(Recorder recorder, Histogram total) {
        Stage() {
            this(new Recorder(1000, LONGEST_NANOS, 3), new Histogram(1000, LONGEST_NANOS, 3));
        }

        Histogram copy() {
            synchronized (total) {
                total.add(recorder.getIntervalHistogram());
                return total.copy();
            }
        }

        void reset() {
            synchronized (total) {
                recorder.reset();
                total.reset();
            }
        }
    }

    private final Map<String, Stage> stages = new ConcurrentHashMap<>();

    /** A monitor with the three histograms that every storage has, empty. */
    public PerformanceMonitor() {
        stages.put(QUEUE, new Stage());
        stages.put(STORE, new Stage());
        stages.put(EMBED, new Stage());
    }

    /**
     * Adds a time to the histogram of this name, which is made where it is not there.
     *
     * @param name of the histogram
     * @param nanos in nanoseconds; negative ones count as 0
     */
    public void record(String name, long nanos) {
        Stage stage = stages.get(name);
        if (stage == null) {
            stage = stages.computeIfAbsent(name, unknown -> new Stage());
        }
        stage.recorder().recordValue(Math.min(LONGEST_NANOS, Math.max(0, nanos)));
    }

    /**
     * The names of all histograms.
     *
     * @return a copy
     */
    public SortedSet<String> names() {
        return new TreeSet<>(stages.keySet());
    }

    /**
     * A summary of the histogram of this name.
     *
     * @param name of the histogram
     * @return an empty one where there is none
     */
    public Latency latency(String name) {
        Histogram times = histogram(name);
        return new Latency(
                times.getTotalCount(),
                Duration.ofNanos(Math.round(times.getMean())),
                at(times, 50),
                at(times, 90),
                at(times, 95),
                at(times, 99),
                at(times, 99.9),
                Duration.ofNanos(times.getTotalCount() == 0 ? 0 : times.getMaxValue()));
    }

    /**
     * A copy of the histogram of this name, in nanoseconds.
     *
     * @param name of the histogram
     * @return an empty one where there is none
     */
    public Histogram histogram(String name) {
        Stage stage = stages.get(name);
        return stage == null ? new Histogram(1000, LONGEST_NANOS, 3) : stage.copy();
    }

    /** Empties every histogram. */
    public void reset() {
        stages.values().forEach(Stage::reset);
    }

    private static Duration at(Histogram times, double percentile) {
        return Duration.ofNanos(times.getValueAtPercentile(percentile));
    }
}
