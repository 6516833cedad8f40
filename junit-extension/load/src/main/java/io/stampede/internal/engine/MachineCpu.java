package io.stampede.internal.engine;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The machine's busy share for several readers: the platform tells it of the time since anybody asked last, and this of
 * the time since the same reader did. May be used by all threads.
 */
final class MachineCpu {

    /** Processor time comes in ticks of 10 ms, so that a shorter time says nothing. */
    private static final long LEAST_NANOS = 20_000_000;

    private final DoubleSupplier sinceLastCall;
    private final LongSupplier clock;
    private long askedNanos;
    private double knownNanos;
    private double busyNanos;

    /**
     * @param sinceLastCall busy share since the last call, 0 to 1; negative or NaN where not known
     * @param clock in nanoseconds
     */
    MachineCpu(DoubleSupplier sinceLastCall, LongSupplier clock) {
        this.sinceLastCall = sinceLastCall;
        this.clock = clock;
        this.askedNanos = clock.getAsLong() - LEAST_NANOS;
        ask(); // what was before is nobody's
        knownNanos = 0;
        busyNanos = 0;
    }

    /** Busy share since this reader's last call, 0 to 1; NaN where not known. */
    DoubleSupplier reader() {
        return new Reader();
    }

    private void ask() {
        long now = clock.getAsLong();
        if (now - askedNanos < LEAST_NANOS) {
            return;
        }
        double share = sinceLastCall.getAsDouble();
        if (share >= 0) {
            knownNanos += now - askedNanos;
            busyNanos += share * (now - askedNanos);
        }
        askedNanos = now;
    }

    private final class Reader implements DoubleSupplier {
        private double knownBefore = knownNanos;
        private double busyBefore = busyNanos;

        @Override
        public double getAsDouble() {
            synchronized (MachineCpu.this) {
                ask();
                double known = knownNanos - knownBefore;
                double busy = busyNanos - busyBefore;
                knownBefore = knownNanos;
                busyBefore = busyNanos;
                return known > 0 ? busy / known : Double.NaN;
            }
        }
    }
}
