package io.stampede.scenario;

import io.stampede.internal.format.Times;
import java.io.Serializable;
import java.time.Duration;

/**
 * The limits that the load generator must keep, so that the figures of a run say something about the target. Shares are 0
 * to 1.
 *
 * @param mode what becomes of a run whose generator breaks them
 * @param lag the highest p99 of start - due, if operations are due one after the other
 * @param startRate the lowest share of the planned rate at which operations were started
 * @param hiccup the longest delay of a thread that wanted to wake up, in 99 % of the time
 * @param gc the largest share of the time for which garbage collections stopped this JVM
 * @param processCpu the largest share of the processors that this process may use
 * @param machineCpu the largest share of the processors that may be busy
 * @since 0.1
 */
public record Validity(
        Mode mode, Duration lag, double startRate, Duration hiccup, double gc, double processCpu, double machineCpu)
        implements Serializable {

    /**
     * What becomes of a run whose load generator did not keep to its limits.
     *
     * @since 0.1
     */
    public enum Mode {
        /** It is invalid, and the test is aborted, as is that of any other invalid run. */
        STRICT,
        /** It is invalid, and the test fails, as does that of any other invalid run. */
        FAIL,
        /** It is judged all the same, and a note says so. */
        WARN,
        /** The generator is neither watched nor judged. */
        OFF;

        /** {@return whether a run is invalid if the generator broke a limit} */
        public boolean invalidates() {
            return this == STRICT || this == FAIL;
        }
    }

    /** Measured: above what a generator does on a machine that others keep busy, and below what a sick one does. */
    public static final Validity DEFAULT =
            new Validity(Mode.STRICT, Duration.ofMillis(250), 0.99, Duration.ofMillis(250), 0.2, 1, 1);

    /** Checks the bounds. */
    public Validity {
        positive("validity.lag", lag);
        positive("validity.hiccup", hiccup);
        share("validity.start-rate", startRate);
        share("validity.gc", gc);
        share("validity.cpu.process", processCpu);
        share("validity.cpu.machine", machineCpu);
    }

    /**
     * {@return the same limits with other consequences}
     *
     * @param other what becomes of a run whose generator breaks them
     */
    public Validity as(Mode other) {
        return new Validity(other, lag, startRate, hiccup, gc, processCpu, machineCpu);
    }

    private static void positive(String name, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(name + " must be more than 0, but was " + Times.format(limit));
        }
    }

    private static void share(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be 0 to 1, but was " + share);
        }
    }
}
