package io.stampede.scenario;

import io.stampede.metric.Metric;
import io.stampede.metric.Statistic;
import io.stampede.metric.Unit;
import io.stampede.targets.Targets;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What sort of scenario a run is, which decides what it is judged by in addition to its targets.
 *
 * @since 0.1
 */
public sealed interface Kind extends Serializable {

    /** {@return the name that reports use, such as {@code spike}} */
    String label();

    /** {@return how long gauges may take to come back under their targets after the load; empty if nothing waits for them} */
    default Optional<Duration> recoveryLimit() {
        return Optional.empty();
    }

    /** {@return the steps of a search for the breaking point; empty if none is searched} */
    default Optional<Stress> search() {
        return Optional.empty();
    }

    /** {@return the spike, with its own limits; empty for other kinds} */
    default Optional<Spike> spike() {
        return Optional.empty();
    }

    /** {@return the long run whose drift and leaks are judged; empty if they are not} */
    default Optional<Endurance> endurance() {
        return Optional.empty();
    }

    /** {@return whether the first phase that misses a target is named} */
    default boolean namesFirstBreach() {
        return false;
    }

    /** {@return whether a gauge is judged by the value after the load, and not by its highest} */
    default boolean judgesGaugesAfterwards() {
        return recoveryLimit().isPresent() || search().isPresent();
    }

    /** {@return whether the whole run has the same load, so that a warm-up can use it too} */
    default boolean hasOneLoad() {
        return true;
    }

    /**
     * {@return what of the kind shapes a run, as text}: runs that differ in it cannot be compared. What the target must reach
     * is not part of it, as that changes nothing in the run.
     */
    default String plan() {
        return toString();
    }

    /**
     * One burst.
     *
     * @since 0.1
     */
    record Basic() implements Kind {
        @Override
        public String label() {
            return "basic load";
        }
    }

    /**
     * A steady pace that must be kept.
     *
     * @since 0.1
     */
    record Sustained() implements Kind {
        @Override
        public String label() {
            return "sustained load";
        }
    }

    /**
     * One burst; afterwards judged gauges must come back under their targets.
     *
     * @param recovery the longest time that may take
     * @param allDone the longest time from the first due time to the end of the last operation
     * @param meanResponseTime the highest mean response time that is good; a row for it in the user's targets overrides
     *     this
     * @since 0.1
     */
    record Spike(Duration recovery, Duration allDone, Duration meanResponseTime) implements Kind {

        /** What {@link #allDone} is unless said otherwise. */
        public static final Duration ALL_DONE = Duration.ofSeconds(5);
        /** What {@link #meanResponseTime} is unless said otherwise. */
        public static final Duration MEAN_RESPONSE_TIME = Duration.ofMillis(10);

        /** Checks the durations. */
        public Spike {
            Check.duration("recovery", recovery);
            Check.duration("allDone", allDone);
            Check.duration("meanResponseTime", meanResponseTime);
        }

        /**
         * A spike with the usual limits.
         *
         * @param recovery the longest time until gauges are back under their targets
         */
        public Spike(Duration recovery) {
            this(recovery, ALL_DONE, MEAN_RESPONSE_TIME);
        }

        @Override
        public Optional<Duration> recoveryLimit() {
            return Optional.of(recovery);
        }

        @Override
        public Optional<Spike> spike() {
            return Optional.of(this);
        }

        @Override
        public String plan() {
            return "Spike[recovery=" + recovery + "]";
        }

        @Override
        public String label() {
            return "spike";
        }
    }

    /**
     * A long steady pace, examined for drift and leaks.
     *
     * @param successPercent the lowest success rate that is good, 0 to 100; a row for it in the user's targets overrides
     *     this
     * @since 0.1
     */
    record Endurance(double successPercent) implements Kind {

        /** What {@link #successPercent} is unless said otherwise. */
        public static final double SUCCESS_PERCENT = 99.9;

        /** Checks the percentage. */
        public Endurance {
            if (!(successPercent >= 0 && successPercent <= 100)) {
                throw new IllegalArgumentException("successPercent must be 0 to 100, but was " + successPercent);
            }
        }

        /** An endurance run with the usual limit. */
        public Endurance() {
            this(SUCCESS_PERCENT);
        }

        @Override
        public Optional<Endurance> endurance() {
            return Optional.of(this);
        }

        @Override
        public String plan() {
            return "Endurance[]";
        }

        @Override
        public String label() {
            return "endurance";
        }
    }

    /**
     * Growing bursts until the target breaks, then a search between the last one that was good and the first one that
     * was not.
     *
     * @param from operations of the first step
     * @param to operations of the last step, if nothing breaks before
     * @param step how much each step adds
     * @param settle the longest wait between steps for backlogs to go
     * @param atLeast the capacity below which the test fails; 0 for none
     * @param resolution how close the search comes to the breaking point, as a fraction of it: more than 0, at most 1
     * @param breaksWhen what breaks a step: any of these, and the first one is the reason; a gauge counts by its highest value
     *     in the step
     * @since 0.1
     */
    record Stress(
            long from, long to, long step, Duration settle, long atLeast, double resolution, List<Limit> breaksWhen)
            implements Kind {

        /** The most growing steps: each has figures of its own, so their number is bounded. */
        public static final int MAX_STEPS = 1000;

        /**
         * The most steps that a search adds to the growing ones. Narrowing down takes at most 20 and repeating the
         * border 4; the rest is for targets that differ from run to run.
         */
        public static final int MAX_SEARCH_STEPS = 40;

        /** How often the last good and the first bad step are run in all; the majority of the runs decides. */
        public static final int BORDER_RUNS = 3;

        /** The resolution unless the user sets another. */
        public static final double RESOLUTION = 0.05;

        /** The limits that apply unless the user sets others, in the words that reasons use. */
        private static final List<String> USUAL = List.of("success rate < 99 %", "mean response time > 50 ms");

        private static final String USUAL_QUEUE = "queue size > 1,000";

        /** Checks the numbers. */
        public Stress {
            breaksWhen = List.copyOf(breaksWhen);
            Check.operations("from", from);
            Check.operations("to", to);
            Check.operations("step", step);
            Check.duration("settle", settle);
            if (to < from) {
                throw new IllegalArgumentException("to must be at least from (" + from + "), but was " + to);
            }
            if (atLeast < 0 || atLeast > to) {
                throw new IllegalArgumentException(
                        "atLeast must be at least 0 and at most to (" + to + "), but was " + atLeast);
            }
            if (!(resolution > 0 && resolution <= 1)) {
                throw new IllegalArgumentException(
                        "resolution must be more than 0 and at most 1, but was " + resolution);
            }
            if ((to - from) / step + 1 > MAX_STEPS) {
                throw new IllegalArgumentException("(to - from) / step must give at most " + MAX_STEPS
                        + " steps, but gave " + ((to - from) / step + 1));
            }
        }

        /**
         * A stress test with the usual resolution and the usual limits of a test without targets and gauges.
         *
         * @param from operations of the first step
         * @param to operations of the last step, if nothing breaks before
         * @param step how much each step adds
         * @param settle the longest wait between steps for backlogs to go
         * @param atLeast the capacity below which the test fails; 0 for none
         */
        public Stress(long from, long to, long step, Duration settle, long atLeast) {
            this(from, to, step, settle, atLeast, RESOLUTION, usualLimits(Targets.NONE, Map.of()));
        }

        /**
         * What breaks a step unless the user says something else: a success rate below 99 %, a {@code queue size} above
         * 1,000 if there is such a gauge, or a mean response time above 50 ms. A row for the same metric in the user's own
         * targets overrides each of these: then the step breaks if that row is critical. A gauge counts by its highest
         * value, {@code queue size max}.
         *
         * @param targets of the test
         * @param gauges the unit of each gauge, by its name in any letter case
         * @return the limits, in the order in which they are looked at
         */
        public static List<Limit> usualLimits(Targets targets, Map<String, Unit> gauges) {
            List<Limit> limits = new ArrayList<>();
            USUAL.forEach(text -> limits.add(Limit.parse(text, gauges)));
            gauges.keySet().stream()
                    .filter(Metric.GaugeValue.of("queue size", Statistic.OWN)::isOf)
                    .findFirst()
                    .ifPresent(queue -> limits.add(1, Limit.parse(USUAL_QUEUE, gauges)));
            limits.replaceAll(limit -> targets.ownRow(
                            limit.metric() instanceof Metric.GaugeValue gauge
                                    ? new Metric.GaugeValue(gauge.name(), Statistic.MAX, gauge.unit())
                                    : limit.metric())
                    .map(Limit::beyond)
                    .orElse(limit));
            return List.copyOf(limits);
        }

        /**
         * {@return the same steps, which break by other limits}
         *
         * @param limits in the order in which they are looked at
         */
        public Stress breakingWhen(List<Limit> limits) {
            return new Stress(from, to, step, settle, atLeast, resolution, limits);
        }

        /** {@return the growing steps, as phases} */
        public List<Phase> steps() {
            List<Phase> steps = new ArrayList<>();
            for (long size = from; size <= to; size += step) {
                steps.add(new Phase(String.format(Locale.ROOT, "%,d at once", size), Workload.burst(size)));
            }
            return steps;
        }

        /** {@return one line for people, such as {@code stress: 100 to 2,000 at once, by 100}} */
        public String describe() {
            return String.format(Locale.ROOT, "stress: %,d to %,d at once, by %,d", from, to, step);
        }

        @Override
        public Optional<Stress> search() {
            return Optional.of(this);
        }

        @Override
        public String plan() {
            String steps = "Stress[from=" + from + ", to=" + to + ", step=" + step + ", settle=" + settle
                    + ", atLeast=0, resolution=" + resolution + "]";
            // Another limit gives another capacity, which says nothing of the one before.
            return breaksWhen.stream().allMatch(Stress::isUsual)
                    ? steps
                    : steps + ", breaksWhen="
                            + breaksWhen.stream().map(Limit::text).toList();
        }

        private static boolean isUsual(Limit limit) {
            return Stream.concat(USUAL.stream(), Stream.of(USUAL_QUEUE))
                    .map(text -> Limit.parse(text, Map.of("queue size", Unit.COUNT)))
                    .anyMatch(usual -> usual.metric().equals(limit.metric())
                            && usual.bound().upper() == limit.bound().upper()
                            && usual.bound().value() == limit.bound().value());
        }

        /**
         * {@return whether a good and a bad step are so close that there is nothing left to search between them}
         *
         * @param good operations of the good step
         * @param bad operations of the bad step
         */
        public boolean narrow(long good, long bad) {
            return bad - good <= Math.max(1, resolution * bad);
        }

        /**
         * {@return the same steps, each {@code scale} times as large; fewer if they would be less than one apart}
         *
         * @param scale more than 0, at most 1000
         */
        public Stress scaled(double scale) {
            long scaledFrom = Check.scale(from, scale);
            long scaledTo = Math.max(scaledFrom, Check.scale(to, scale));
            // Rounded down a step could be so small that there were too many of them.
            long leastStep = (scaledTo - scaledFrom) / MAX_STEPS + 1;
            long scaledStep = Math.max(leastStep, Check.scale(step, scale));
            return new Stress(
                    scaledFrom,
                    scaledTo,
                    scaledStep,
                    settle,
                    atLeast == 0 ? 0 : Math.min(scaledTo, Check.scale(atLeast, scale)),
                    resolution,
                    breaksWhen);
        }

        @Override
        public String label() {
            return "stress";
        }
    }

    /**
     * Bursts at every tick of a ramp.
     *
     * @since 0.1
     */
    record RampUp() implements Kind {
        @Override
        public boolean namesFirstBreach() {
            return true;
        }

        @Override
        public String label() {
            return "ramp-up";
        }
    }

    /**
     * Operations that become due at a rate.
     *
     * @since 0.1
     */
    record ArrivalRate() implements Kind {
        @Override
        public String label() {
            return "arrival rate";
        }
    }

    /**
     * Users who wait for the target.
     *
     * @since 0.1
     */
    record Users() implements Kind {
        @Override
        public String label() {
            return "closed model";
        }
    }

    /**
     * Phases of the user's own.
     *
     * @since 0.1
     */
    record Phases() implements Kind {
        @Override
        public boolean hasOneLoad() {
            return false;
        }

        @Override
        public String label() {
            return "phases";
        }
    }

    /**
     * A scenario that is made in code, and judged by its targets alone.
     *
     * @since 0.1
     */
    record Custom() implements Kind {
        @Override
        public String label() {
            return "custom";
        }
    }
}
