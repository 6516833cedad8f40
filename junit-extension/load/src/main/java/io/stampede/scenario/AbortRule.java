package io.stampede.scenario;

import io.stampede.internal.format.Times;
import io.stampede.metric.Bound;
import io.stampede.metric.Metric;
import java.io.Serializable;
import java.time.Duration;
import java.util.Set;

/**
 * Ends a run early, and fails it, once the metric has been beyond the bound over a whole window.
 *
 * @param metric of the operations that ended within the window, or a gauge: then each value within the window counts
 * @param bound what is bad, such as {@code < 90 %}: the run ends where it holds. Of one without an equals sign the value
 *     is the nearest number beyond the one that was written, so that it does not hold on the boundary
 * @param window how far back the metric looks; 1 s to 1 h
 * @param text as the user wrote it, such as {@code success rate < 90 % for 10s}
 * @since 0.1
 */
public record AbortRule(Metric metric, Bound bound, Duration window, String text) implements Serializable {

    /** The shortest window. */
    public static final Duration MIN_WINDOW = Duration.ofSeconds(1);

    /** The longest window. */
    public static final Duration MAX_WINDOW = Duration.ofHours(1);

    private static final Set<String> MEASURES = Set.of("response time", "service time", "throughput", "success rate");

    public AbortRule {
        if (window.compareTo(MIN_WINDOW) < 0 || window.compareTo(MAX_WINDOW) > 0) {
            throw new IllegalArgumentException("window must be 1 s to 1 h, but was " + Times.format(window));
        }
    }

    /** Whether it speaks of a gauge, and not of operations. */
    public boolean isOfGauge() {
        return !MEASURES.contains(metric.measure());
    }
}
