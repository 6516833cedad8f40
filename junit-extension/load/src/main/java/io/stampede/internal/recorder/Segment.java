package io.stampede.internal.recorder;

import io.stampede.result.Outcomes;
import java.time.Duration;
import java.util.List;

/**
 * What came of the operations of a phase, step or tick, and when.
 *
 * @param outcomes of the operations that ended
 * @param firstDueNanos since the run began; 0 if nothing ended
 * @param lastEndNanos since the run began; 0 if nothing ended
 */
public record Segment(Outcomes outcomes, long firstDueNanos, long lastEndNanos) {

    /** From the first due time of all segments to the last end; zero if nothing ended. */
    public static Duration elapsed(List<Segment> segments) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Segment segment : segments) {
            if (!segment.outcomes.isEmpty()) {
                first = Math.min(first, segment.firstDueNanos);
                last = Math.max(last, segment.lastEndNanos);
            }
        }
        return last < first ? Duration.ZERO : Duration.ofNanos(last - first);
    }

    /** From the first due time to the last end. */
    public Duration elapsed() {
        return Duration.ofNanos(lastEndNanos - firstDueNanos);
    }
}
