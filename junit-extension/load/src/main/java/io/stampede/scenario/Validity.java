package io.stampede.scenario;

import io.stampede.internal.format.Times;
import java.io.Serializable;
import java.time.Duration;

/**
 * What the load generator has to keep to, so that the figures of a run say something of the target. Shares are 0 to 1.
 *
 * @param mode what becomes of a run whose generator did not
 * @param lag the most that the p99 of start - due may be, where operations are due one after the other
 * @param startRate the least share of the planned rate at which operations were started
 * @param hiccup the most by which a thread that wanted to wake was late, in 99 % of the time
 * @param gc the largest share of the time in which garbage collections stopped this JVM
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
        /** It is invalid: the test is aborted. */
        STRICT,
        /** It is judged all the same, and a note says so. */
        WARN,
        /** The generator is neither watched nor judged. */
        OFF
    }

    /** Above what a generator does on a machine that others keep busy, below what a sick one does; as measured. */
    public static final Validity DEFAULT =
            new Validity(Mode.STRICT, Duration.ofMillis(250), 0.99, Duration.ofMillis(250), 0.2, 1, 1);

    public Validity {
        positive("validity.lag", lag);
        positive("validity.hiccup", hiccup);
        share("validity.start-rate", startRate);
        share("validity.gc", gc);
        share("validity.cpu.process", processCpu);
        share("validity.cpu.machine", machineCpu);
    }

    /** The same limits, with other consequences. */
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
