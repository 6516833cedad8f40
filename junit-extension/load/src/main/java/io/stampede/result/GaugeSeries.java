package io.stampede.result;

import io.stampede.metric.Metric;
import io.stampede.metric.Statistic;
import io.stampede.metric.Unit;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A gauge over the run.
 *
 * @param name as it was registered
 * @param unit what its values are in, as it was registered
 * @param backlog whether it is expected to come back to zero
 * @param points in order, for charts; long runs keep fewer points, each the highest of its stretch, and none is infinite
 * @param values of all samples
 * @param reads how reading it went
 * @since 0.1
 */
public record GaugeSeries(String name, Unit unit, boolean backlog, List<Point> points, Values values, Reads reads)
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
     * @param mean the arithmetic mean of those that are finite
     * @param last the one that was read last
     * @param afterRecovery the value when the watch after the load ended; NaN if there was no watch, or the gauge could not
     *     be read then
     * @param bins how often which value was read, rising, of those that are finite
     * @since 0.1
     */
    public record Values(double min, double max, double mean, double last, double afterRecovery, List<Bin> bins)
            implements Serializable {

        /** Nothing was read. */
        public static final Values NONE =
                new Values(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, List.of());

        /** Copies the bins. */
        public Values {
            bins = List.copyOf(bins);
        }

        /** The smallest value that this many percent of all do not exceed. */
        private double percentile(double percent) {
            long count = bins.stream().mapToLong(Bin::count).sum();
            long rank = Math.max(1, (long) Math.ceil(percent / 100 * count - 1e-9));
            long passed = 0;
            for (Bin bin : bins) {
                passed += bin.count();
                if (passed >= rank) {
                    return Math.max(min, Math.min(max, bin.value()));
                }
            }
            return Double.NaN;
        }
    }

    /**
     * Values that are nearly the same.
     *
     * @param value by less than 1 % another one than each of them
     * @param count how often one of them was read
     * @since 0.1
     */
    public record Bin(double value, long count) implements Serializable {}

    /**
     * How reading a gauge went.
     *
     * @param samples how often it gave a value
     * @param infinite how many of these values were infinite
     * @param errors how often reading it failed
     * @param lastError why reading it failed last; null if it never did
     * @param stopped whether it no longer answered at the end: the last reads failed, or the last one did not return
     * @since 0.1
     */
    public record Reads(
            long samples,
            long infinite,
            long errors,
            @Nullable String lastError,
            boolean stopped) implements Serializable {

        /**
         * {@return reads of which none failed}
         *
         * @param samples how often the gauge gave a value
         */
        public static Reads good(long samples) {
            return new Reads(samples, 0, 0, null, false);
        }

        /**
         * {@return why the values do not say how the gauge was over the run}: it stopped answering, it failed as often as it
         * gave a value, or a value was infinite. Empty if they do.
         */
        public Optional<String> fault() {
            if (errors > 0 && samples == 0) {
                return Optional.of("could not be read: " + lastError);
            }
            if (stopped) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "stopped answering after %,d value%s: %s",
                        samples,
                        samples == 1 ? "" : "s",
                        lastError));
            }
            if (errors >= samples && errors > 0) {
                return failures();
            }
            return infinite > 0
                    ? Optional.of(String.format(Locale.ROOT, "%,d of %,d values were infinite", infinite, samples))
                    : Optional.empty();
        }

        /** {@return how many reads failed, and why the last one did; empty if none did} */
        public Optional<String> failures() {
            return errors == 0
                    ? Optional.empty()
                    : Optional.of(String.format(
                            Locale.ROOT,
                            "%,d of %,d reads failed, the last with %s",
                            errors,
                            errors + samples,
                            lastError));
        }
    }

    /**
     * {@return the same gauge under another name}
     *
     * @param other the name
     */
    public GaugeSeries named(String other) {
        return new GaugeSeries(other, unit, backlog, points, values, reads);
    }

    /** {@return the same gauge without its points} */
    public GaugeSeries withoutPoints() {
        return new GaugeSeries(name, unit, backlog, List.of(), values, reads);
    }

    /** {@return how often it gave a value} */
    public long samples() {
        return reads.samples();
    }

    /** {@return how often reading it failed} */
    public long errors() {
        return reads.errors();
    }

    /** {@return why reading it failed last; null if it never did} */
    public @Nullable String lastError() {
        return reads.lastError();
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

    /** {@return the value when the watch after the load ended; NaN if there was none, or it could not be read} */
    public double afterRecovery() {
        return values.afterRecovery();
    }

    /**
     * {@return a statistic of the values, in the gauge's unit; NaN if nothing was read}. A percentile is less than 1 % from
     * a value that was read; whole numbers up to 100 are exact, and so is every other statistic.
     *
     * @param statistic any; {@link Statistic#OWN} is the highest value
     */
    public double value(Statistic statistic) {
        if (samples() == 0) {
            return Double.NaN;
        }
        if (statistic instanceof Statistic.Percentile percentile) {
            return values.percentile(percentile.percent());
        }
        return switch ((Statistic.Named) statistic) {
            case MIN -> min();
            case MAX, OWN -> max();
            case MEAN -> mean();
            case LAST -> last();
        };
    }
}
