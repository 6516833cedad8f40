package io.stampede.result;

import io.stampede.metric.Metric;
import io.stampede.metric.Statistic;
import io.stampede.metric.Unit;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A gauge over the run.
 *
 * @param name as it was registered
 * @param unit what its values are in, as it was registered
 * @param backlog whether it is expected to come back to zero
 * @param points in order; long runs keep fewer points, each the highest of its stretch
 * @param values of all samples
 * @param samples how often it was read
 * @param errors how often reading it failed
 * @param lastError why reading it failed last; null if it never did
 * @since 0.1
 */
public record GaugeSeries(
        String name,
        Unit unit,
        boolean backlog,
        List<Point> points,
        Values values,
        long samples,
        long errors,
        @Nullable String lastError)
        implements Serializable {

    /** A gauge that every run has: bytes of heap in use after the last garbage collection. */
    public static final String HEAP_AFTER_COLLECTION = "heap after collection";
    /** A gauge that every run has: percent of the processors that this process used. */
    public static final String PROCESS_CPU = "CPU of this process";
    /** A gauge that every run has: percent of the machine's processors that were busy. */
    public static final String MACHINE_CPU = "CPU of the machine";
    /** A gauge that every run has: percent of the time for which garbage collections stopped this JVM. */
    public static final String COLLECTING = "time in GC pauses";

    private static final Set<String> ENGINE = Set.of(HEAP_AFTER_COLLECTION, PROCESS_CPU, MACHINE_CPU, COLLECTING);

    /** Copies the points. */
    public GaugeSeries {
        points = List.copyOf(points);
    }

    /**
     * {@return whether every run has a gauge of that name by itself, without being registered}
     *
     * @param name in any letter case
     */
    public static boolean ofEngine(String name) {
        return ENGINE.stream().anyMatch(Metric.GaugeValue.of(name, Statistic.OWN)::isOf);
    }

    /**
     * A value read.
     *
     * @param at since the run began
     * @param value in the gauge's unit
     * @since 0.1
     */
    public record Point(Duration at, double value) implements Serializable {}

    /**
     * Statistics of all values that were read, however many points are kept; each NaN if there are none.
     *
     * @param min the lowest
     * @param max the highest
     * @param mean the arithmetic mean
     * @param last the one that was read last
     * @param afterRecovery the value when the watch after the load ended; NaN if there was no watch
     * @since 0.1
     */
    public record Values(double min, double max, double mean, double last, double afterRecovery)
            implements Serializable {

        /** Nothing was read. */
        public static final Values NONE = new Values(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * {@return the same gauge under another name}
     *
     * @param other the name
     */
    public GaugeSeries named(String other) {
        return new GaugeSeries(other, unit, backlog, points, values, samples, errors, lastError);
    }

    /** {@return the same gauge without its points} */
    public GaugeSeries withoutPoints() {
        return new GaugeSeries(name, unit, backlog, List.of(), values, samples, errors, lastError);
    }

    /** {@return the lowest value; NaN if none was read} */
    public double min() {
        return values.min();
    }

    /** {@return the highest value; NaN if none was read} */
    public double max() {
        return values.max();
    }

    /** {@return the arithmetic mean; NaN if no value was read} */
    public double mean() {
        return values.mean();
    }

    /** {@return the value that was read last; NaN if none was} */
    public double last() {
        return values.last();
    }

    /** {@return the value when the watch after the load ended; NaN if there was no watch} */
    public double afterRecovery() {
        return values.afterRecovery();
    }

    /**
     * {@return a statistic of the values, in the gauge's unit; NaN if nothing was read}. Percentiles are of the points that
     * were kept, each the highest of its stretch: never better than the truth for an upper bound.
     *
     * @param statistic any; {@link Statistic#OWN} is the highest value
     */
    public double value(Statistic statistic) {
        if (samples == 0) {
            return Double.NaN;
        }
        if (statistic instanceof Statistic.Percentile percentile) {
            return percentile(percentile.percent());
        }
        return switch ((Statistic.Named) statistic) {
            case MIN -> min();
            case MAX, OWN -> max();
            case MEAN -> mean();
            case LAST -> last();
        };
    }

    private double percentile(double percent) {
        double[] sorted = points.stream().mapToDouble(Point::value).sorted().toArray();
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.max(0, (int) Math.ceil(percent / 100 * sorted.length - 1e-9) - 1)];
    }
}
