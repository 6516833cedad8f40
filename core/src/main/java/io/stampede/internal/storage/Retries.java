package io.stampede.internal.storage;

import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.function.CheckedSupplier;

/** Calls that are repeated. */
public final class Retries {

    private Retries() {}

    /** As {@link FailsafeExecutor#get(CheckedSupplier)}, but an interrupt comes out as what it is. */
    public static <R, T extends R> T get(FailsafeExecutor<R> executor, CheckedSupplier<T> call)
            throws InterruptedException {
        try {
            return executor.get(call);
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                Thread.interrupted(); // the exception says it from here on
                throw interrupted;
            }
            throw e;
        }
    }
}
