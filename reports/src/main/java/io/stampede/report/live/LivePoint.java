package io.stampede.report.live;

import io.stampede.result.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened in a stretch of a run.
 *
 * @param version of the board in which a page first hears of it as it is
 * @param endSeconds when the stretch ended, since the run or its warm-up began
 * @param due operations that the plan asked for; NaN if users waited, if only for a part
 * @param ended well or not
 * @param gauges in the run's order and their units; NaN if one has no value
 */
record LivePoint(
        long version,
        Snapshot.Stage stage,
        double endSeconds,
        double widthSeconds,
        double due,
        long ended,
        long failed,
        Quantiles responseTime,
        List<Double> gauges) {

    /** Of the warm-up, which has a time axis of its own. */
    boolean warming() {
        return stage == Snapshot.Stage.WARM_UP;
    }

    /** The same, told in another version. */
    LivePoint at(long newVersion) {
        return new LivePoint(newVersion, stage, endSeconds, widthSeconds, due, ended, failed, responseTime, gauges);
    }

    /** Both stretches as one: sums of counts, and the higher of all else, since percentiles cannot be averaged. */
    LivePoint plus(LivePoint next) {
        return new LivePoint(
                next.version,
                next.stage,
                next.endSeconds,
                widthSeconds + next.widthSeconds,
                due + next.due,
                ended + next.ended,
                failed + next.failed,
                responseTime.higher(next.responseTime),
                higher(gauges, next.gauges));
    }

    private static List<Double> higher(List<Double> a, List<Double> b) {
        List<Double> higher = new ArrayList<>(b);
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            higher.set(i, Quantiles.higher(a.get(i), b.get(i)));
        }
        return higher;
    }
}
