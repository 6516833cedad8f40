package io.stampede.internal.baseline;

import io.stampede.baseline.Measure;
import io.stampede.metric.Metric;
import io.stampede.result.Distribution;
import io.stampede.result.Interval;
import io.stampede.result.LoadResult;
import io.stampede.result.Outcomes;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Takes from a run what is compared. */
final class ComparedFigures {

    /** The most stretches of time into which a run is cut. */
    static final int MAX_SLICES = 20;

    private static final List<Measure> TIMES = List.of(Measure.P50, Measure.P95, Measure.P99);

    private ComparedFigures() {}

    /** Those of the whole run. */
    static Map<Measure, Double> of(LoadResult result) {
        if (result.scenario().kind().search().isPresent()) {
            // Which steps ran is for the search to say, so times over all of them are those of another mix in each run.
            double capacity = result.value(Measure.CAPACITY.metric());
            return Double.isNaN(capacity) ? Map.of() : Map.of(Measure.CAPACITY, capacity);
        }
        Map<Measure, Double> figures = new EnumMap<>(Measure.class);
        figures.putAll(times(result.responseTime()));
        if (!result.scenario().planFixesRate() && result.throughput() > 0) {
            figures.put(Measure.THROUGHPUT, result.throughput());
        }
        return Collections.unmodifiableMap(figures);
    }

    /** Percentiles, as far as there are operations enough for each. */
    static Map<Measure, Double> times(Distribution times) {
        Map<Measure, Double> figures = new EnumMap<>(Measure.class);
        for (Measure measure : TIMES) {
            if (times.count() >= measure.leastOperations()) {
                double nanos = times.nanos(((Metric.Time) measure.metric()).statistic());
                if (nanos > 0) {
                    figures.put(measure, nanos);
                }
            }
        }
        return Collections.unmodifiableMap(figures);
    }

    /**
     * Stretches of about the same number of operations, at most {@value #MAX_SLICES} and each of a hundred at least, so
     * that percentiles of each say something. None where the plan itself changes over time: slices would differ by that,
     * and not by chance.
     */
    static List<StoredRun.Slice> slices(LoadResult result) {
        if (!steady(result.scenario())) {
            return List.of();
        }
        boolean rate = !result.scenario().planFixesRate();
        long all = result.series().stream()
                .mapToLong(interval -> interval.outcomes().succeeded())
                .sum();
        long each = Math.max(Measure.P95.leastOperations(), (all + MAX_SLICES - 1) / MAX_SLICES);
        List<StoredRun.Slice> slices = new ArrayList<>();
        Outcomes outcomes = Outcomes.NONE;
        double seconds = 0;
        for (Interval interval : result.series()) {
            outcomes = outcomes.plus(interval.outcomes());
            seconds += interval.width().toNanos() / 1e9;
            if (outcomes.succeeded() >= each) {
                slices.add(slice(outcomes.responseTime(), rate ? outcomes.ended() / seconds : 0));
                outcomes = Outcomes.NONE;
                seconds = 0;
            }
        }
        return slices; // what is left at the end is less than the others, and left out
    }

    private static boolean steady(Scenario scenario) {
        Workload workload = scenario.phases().get(0).workload();
        return scenario.phases().size() == 1
                && (workload instanceof Workload.Paced
                        || workload instanceof Workload.Arrivals
                        || workload instanceof Workload.Users);
    }

    private static StoredRun.Slice slice(Distribution times, double perSecond) {
        Map<Measure, Double> figures = new EnumMap<>(Measure.class);
        figures.putAll(times(times));
        if (perSecond > 0) {
            figures.put(Measure.THROUGHPUT, perSecond);
        }
        return new StoredRun.Slice(times.count(), figures);
    }
}
