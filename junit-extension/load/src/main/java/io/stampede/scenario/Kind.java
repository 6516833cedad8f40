package io.stampede.scenario;

import java.io.Serializable;
import java.time.Duration;

/**
 * What sort of scenario a run is, which decides what it is judged by beside its targets.
 *
 * @since 0.1
 */
public sealed interface Kind extends Serializable {

    /** As reports call it, such as {@code spike}. */
    String label();

    /** One burst. */
    record Basic() implements Kind {
        @Override
        public String label() {
            return "basic load";
        }
    }

    /** A steady pace that must be kept. */
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
     */
    record Spike(Duration recovery) implements Kind {
        public Spike {
            Check.duration("recovery", recovery);
        }

        @Override
        public String label() {
            return "spike";
        }
    }

    /** A long steady pace, looked through for drift and leaks. */
    record Endurance() implements Kind {
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
     * @param settle how long to wait between steps for backlogs to go, at most
     * @param atLeast the capacity below which the test fails; 0 for none
     * @param resolution how close the search comes to the breaking point, as a fraction of it: more than 0, at most 1
     */
    record Stress(long from, long to, long step, Duration settle, long atLeast, double resolution) implements Kind {

        /** Each step has figures of its own, so their number is bounded: that of the growing steps. */
        public static final int MAX_STEPS = 1000;

        /**
         * The most steps that a search adds to the growing ones. Narrowing down takes at most 20 and repeating the
         * border 4; the rest is for targets that differ from run to run.
         */
        public static final int MAX_SEARCH_STEPS = 40;

        /** How often the last good and the first bad step are run in all, and most of the runs decide. */
        public static final int BORDER_RUNS = 3;

        /** The resolution where nothing is said of it. */
        public static final double RESOLUTION = 0.05;

        public Stress {
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

        /** With the usual resolution. */
        public Stress(long from, long to, long step, Duration settle, long atLeast) {
            this(from, to, step, settle, atLeast, RESOLUTION);
        }

        /** Whether a good and a bad step are so close that there is nothing left to search between them. */
        public boolean narrow(long good, long bad) {
            return bad - good <= Math.max(1, resolution * bad);
        }

        /** The same steps, each {@code scale} times as large; fewer where they would be less than one apart. */
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
                    resolution);
        }

        @Override
        public String label() {
            return "stress";
        }
    }

    /** Bursts at every tick of a ramp. */
    record RampUp() implements Kind {
        @Override
        public String label() {
            return "ramp-up";
        }
    }

    /** Operations that become due at a rate. */
    record ArrivalRate() implements Kind {
        @Override
        public String label() {
            return "arrival rate";
        }
    }

    /** Users who wait for the target. */
    record Users() implements Kind {
        @Override
        public String label() {
            return "closed model";
        }
    }

    /** Phases of the user's own. */
    record Phases() implements Kind {
        @Override
        public String label() {
            return "phases";
        }
    }

    /** Assembled in code: judged by its targets alone. */
    record Custom() implements Kind {
        @Override
        public String label() {
            return "custom";
        }
    }
}
