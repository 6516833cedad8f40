package io.stampede.internal.storage;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting, and what interrupts have to do with it. */
public final class Waits {

    private static final Duration POLL = Duration.ofMillis(10);

    private Waits() {}

    /**
     * Waits for the condition, looking every few milliseconds.
     *
     * @return false where it did not come about in time, or the thread was interrupted (it stays so)
     */
    public static boolean until(long deadlineNanos, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNanos >= 0) {
                return false;
            }
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** The shorter of the two times. */
    public static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Runs what an interrupted thread must do all the same: the pool refuses it a connection. */
    public static void uninterrupted(Runnable task) {
        boolean interrupted = Thread.interrupted();
        try {
            task.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
