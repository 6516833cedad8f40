package io.stampede.targets;

import io.stampede.metric.Band;
import io.stampede.metric.Bound;
import io.stampede.metric.Metric;
import java.io.Serializable;

/**
 * One row of a targets table. What keeps neither bound is critical.
 *
 * @since 0.1
 */
public record Target(Metric metric, Bound target, Bound acceptable) implements Serializable {

    /** The band of a measured value; one on a boundary belongs to the better band. */
    public Band band(double actual) {
        if (Double.isNaN(actual)) {
            return Band.NO_DATA;
        }
        return target.holds(actual) ? Band.TARGET : acceptable.holds(actual) ? Band.ACCEPTABLE : Band.CRITICAL;
    }
}
