package io.stampede.result;

import io.stampede.scenario.Validity;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * How the load generator itself was while phases ran: without warm-up, and without what comes between and after them.
 * What was not measured is NaN, zero or empty.
 *
 * @param limits what it is judged by
 * @param watched how long it was watched; zero if it was not
 * @param starts how quickly operations were started
 * @param lag start - due, of all operations
 * @param hiccups how late a thread woke up, which may have happened to every operation as well; a stall counts as often as the
 *     thread would have woken up in it, so percentiles are of time
 * @param collections garbage collections that stopped this JVM
 * @param cpu how busy the processors were
 * @param faults why the load generator, not the target, is to blame; one sentence each, empty if it is not
 * @since 0.1
 */
public record GeneratorHealth(
        Validity limits,
        Duration watched,
        Starts starts,
        Distribution lag,
        Distribution hiccups,
        Collections collections,
        Cpu cpu,
        List<String> faults)
        implements Serializable {

    /** Nothing was measured. */
    public static final GeneratorHealth UNKNOWN = unknown(Validity.DEFAULT);

    /** Copies the faults. */
    public GeneratorHealth {
        faults = List.copyOf(faults);
    }

    /**
     * {@return the health of a generator that was not watched}
     *
     * @param limits what it would be judged by
     */
    public static GeneratorHealth unknown(Validity limits) {
        return new GeneratorHealth(
                limits,
                Duration.ZERO,
                Starts.NONE,
                Distribution.EMPTY,
                Distribution.EMPTY,
                Collections.NONE,
                Cpu.UNKNOWN,
                List.of());
    }

    /**
     * How quickly operations were started, however long they took.
     *
     * @param planned the time that the phases' plans take, of those that have a schedule over time
     * @param took how long it took until the last operation of those phases had started; never less than {@code planned}
     * @since 0.1
     */
    public record Starts(Duration planned, Duration took) implements Serializable {

        /** No phase had a schedule over time. */
        public static final Starts NONE = new Starts(Duration.ZERO, Duration.ZERO);

        /**
         * {@return the rate at which operations were started as a share of the planned one, 0 to 1; NaN if no phase had a
         * schedule over time}
         */
        public double rate() {
            return planned.isZero() ? Double.NaN : planned.toNanos() / (double) took.toNanos();
        }
    }

    /**
     * Garbage collections that stopped this JVM.
     *
     * @param count how many there were
     * @param total how long they stopped it altogether
     * @param longest the longest of them
     * @since 0.1
     */
    public record Collections(long count, Duration total, Duration longest) implements Serializable {
        /** There were none, or they were not watched. */
        public static final Collections NONE = new Collections(0, Duration.ZERO, Duration.ZERO);
    }

    /**
     * How busy the processors were.
     *
     * @param process share of this JVM's processors that this process used, 0 to 1; NaN in less than a second
     * @param machine share of the machine's processors (those of its container, if that is limited) that were busy, 0 to
     *     1; NaN in less than a second
     * @since 0.1
     */
    public record Cpu(double process, double machine) implements Serializable {
        /** Not measured. */
        public static final Cpu UNKNOWN = new Cpu(Double.NaN, Double.NaN);
    }

    /**
     * {@return the same health, with what the recorder knows}
     *
     * @param times start - due, of all operations
     * @param sentences why the load generator, not the target, is to blame
     */
    public GeneratorHealth with(Distribution times, List<String> sentences) {
        return new GeneratorHealth(limits, watched, starts, times, hiccups, collections, cpu, sentences);
    }

    /** {@return the share of the time for which garbage collections stopped this JVM, 0 to 1; NaN if not watched} */
    public double collectingShare() {
        return watched.isZero() ? Double.NaN : Math.min(1, collections.total().toNanos() / (double) watched.toNanos());
    }
}
