package io.stampede.result;

import java.io.Serializable;
import java.time.Duration;

/**
 * What ended within a stretch of time. Intervals do not overlap and come in order; one in which nothing ended is left
 * out. Long runs have wider intervals, so that their number stays bounded.
 *
 * @param start since the run began
 * @param width how long the interval is; the last one of a run ends with the load, and is a tenth of the others at least
 * @param outcomes of the operations that ended in it
 * @since 0.1
 */
public record Interval(Duration start, Duration width, Outcomes outcomes) implements Serializable {

    /** {@return operations that ended, per second} */
    public double throughput() {
        return outcomes.perSecond(width);
    }
}
