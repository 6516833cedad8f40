package io.stampede.metric;

import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a number is: what was measured, of which part of a run, and which statistic of it. Text is parsed once; two metrics
 * that mean the same are equal, however they were written. A target keeps the text that the user wrote.
 *
 * @since 0.1
 */
public sealed interface Metric extends Serializable {

    /** The longest text that is read, in characters. */
    int MAX_LENGTH = 200;

    /** {@return what its values are in} */
    Unit unit();

    /** {@return whether a lower value is better; for a gauge, its bound may say otherwise} */
    boolean lowerIsBetter();

    /** {@return the name that tables use unless the user wrote another one, such as {@code response time p95}} */
    String label();

    /**
     * A figure of operations that follows from how many ended and how long they took.
     *
     * @since 0.1
     */
    sealed interface OfOperations extends Metric {
        /** {@return of which operations} */
        Part part();
    }

    /**
     * A time of operations. Response and service time are of those that succeeded, lag is of all.
     *
     * @param part of which operations
     * @param clock from when to when
     * @param statistic a percentile, the lowest, the highest or the mean
     * @since 0.1
     */
    record Time(Part part, Clock clock, Statistic statistic) implements OfOperations {

        /** Checks that times have this statistic. */
        public Time {
            if (statistic == Statistic.LAST || statistic == Statistic.OWN) {
                throw new IllegalArgumentException(
                        "statistic must be a percentile, min, max or mean, but was " + statistic);
            }
        }

        /**
         * {@return a time of all operations}
         *
         * @param clock from when to when
         * @param statistic a percentile, the lowest, the highest or the mean
         */
        public static Time of(Clock clock, Statistic statistic) {
            return new Time(Part.WHOLE, clock, statistic);
        }

        /**
         * {@return a percentile of the response times of all operations}
         *
         * @param percent more than 0, at most 100
         */
        public static Time response(double percent) {
            return of(Clock.RESPONSE, Statistic.percentile(percent));
        }

        /**
         * {@return the same statistic on another clock}
         *
         * @param other from when to when
         */
        public Time on(Clock other) {
            return new Time(part, other, statistic);
        }

        @Override
        public Unit unit() {
            return Unit.NANOS;
        }

        @Override
        public boolean lowerIsBetter() {
            return true;
        }

        @Override
        public String label() {
            return part.prefix() + clock.label() + " " + statistic.label();
        }
    }

    /**
     * Operations that ended, well or not, per second.
     *
     * @param part of which operations
     * @since 0.1
     */
    record Throughput(Part part) implements OfOperations {

        /** Of all operations. */
        public static final Throughput OF_ALL = new Throughput(Part.WHOLE);

        @Override
        public Unit unit() {
            return Unit.PER_SECOND;
        }

        @Override
        public boolean lowerIsBetter() {
            return false;
        }

        @Override
        public String label() {
            return part.prefix() + "throughput";
        }
    }

    /**
     * How many percent of the operations that ended succeeded.
     *
     * @param part of which operations
     * @since 0.1
     */
    record SuccessRate(Part part) implements OfOperations {

        /** Of all operations. */
        public static final SuccessRate OF_ALL = new SuccessRate(Part.WHOLE);

        @Override
        public Unit unit() {
            return Unit.PERCENT;
        }

        @Override
        public boolean lowerIsBetter() {
            return false;
        }

        @Override
        public String label() {
            return part.prefix() + "success rate";
        }
    }

    /**
     * How many operations at once the target bore in a stress test.
     *
     * @since 0.1
     */
    record Capacity() implements Metric {
        @Override
        public Unit unit() {
            return Unit.COUNT;
        }

        @Override
        public boolean lowerIsBetter() {
            return false;
        }

        @Override
        public String label() {
            return "capacity";
        }
    }

    /**
     * A gauge's value. Two are equal if they have the same name and statistic: only the gauge knows its
     * unit, and a text that names the gauge does not.
     *
     * @param name of the gauge, as {@link #name(String)} writes it
     * @param statistic {@link Statistic#OWN} for what the gauge is judged by if no statistic is named
     * @param unit what the gauge is in; {@link Unit#COUNT} until the gauge is known
     * @since 0.1
     */
    record GaugeValue(String name, Statistic statistic, Unit unit) implements Metric {

        /** Writes the name as gauges are looked up: in lower case, with single blanks. */
        public GaugeValue {
            name = name(name);
        }

        /**
         * {@return the value of a gauge whose unit is not known yet}
         *
         * @param name of the gauge, in any letter case
         * @param statistic of its values
         */
        public static GaugeValue of(String name, Statistic statistic) {
            return new GaugeValue(name, statistic, Unit.COUNT);
        }

        /**
         * {@return a gauge's name as it is compared: in lower case, without blanks around it, with single blanks within}
         *
         * @param text the name as somebody wrote it
         */
        public static String name(String text) {
            return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        }

        /**
         * {@return whether a gauge of that name is meant, whatever its letter case and blanks}
         *
         * @param gauge the name as it was registered
         */
        public boolean isOf(String gauge) {
            return name.equals(name(gauge));
        }

        /**
         * Finds the gauge that is meant: a gauge may be called {@code pool max}, and then that is its name, and not a
         * statistic of {@code pool}.
         *
         * @param gauges the unit of each gauge that there is, by its name in any letter case
         * @return the value of that gauge, in its unit; empty if there is no such gauge
         */
        public Optional<GaugeValue> among(Map<String, Unit> gauges) {
            Map<String, Unit> units = new HashMap<>();
            gauges.forEach((gauge, itsUnit) -> units.put(name(gauge), itsUnit));
            Unit ofWhole = units.get(label());
            return ofWhole != null
                    ? Optional.of(new GaugeValue(label(), Statistic.OWN, ofWhole))
                    : Optional.ofNullable(units.get(name)).map(itsUnit -> new GaugeValue(name, statistic, itsUnit));
        }

        @Override
        public boolean lowerIsBetter() {
            return true;
        }

        @Override
        public String label() {
            return (name + " " + statistic.label()).strip();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof GaugeValue that && name.equals(that.name) && statistic.equals(that.statistic);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + statistic.hashCode();
        }
    }

    /**
     * Reads a metric as targets name it, in any letter case: {@code Queue time P95} (another word for response time),
     * {@code mean response time}, {@code lag max}, {@code throughput}, {@code success rate}. Every other text is a gauge's
     * name, with or without a statistic after it.
     *
     * @param text at most {@link #MAX_LENGTH} characters
     * @return what it names
     * @throws IllegalArgumentException if the text is empty or too long, or names a measure without a statistic that it
     *     has; the message begins with what the text must be
     */
    static Metric parse(String text) {
        return MetricParser.parse(text);
    }

    /**
     * Says why a gauge cannot have a name: the name of a measure would be taken for that measure wherever it is written.
     * Names of rules, such as {@code Early stop} or {@code Baseline}, are possible.
     *
     * @param name as somebody wants to register it
     * @return what is wrong, beginning with "must"; empty if nothing is
     */
    static Optional<String> whyNoGauge(String name) {
        return MetricParser.whyNoGauge(name);
    }

    /**
     * Looks for what somebody may have meant by a name that nothing has, such as {@code respone time p95}.
     *
     * @param text the name as somebody wrote it
     * @param gauges names of the gauges that there are
     * @return the metric that is nearest to it, as it would be written; empty if none is near
     */
    static Optional<String> nearest(String text, Collection<String> gauges) {
        return NearestName.of(text, gauges);
    }
}
