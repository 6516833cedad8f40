package io.stampede.internal.engine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A user of a closed workload, and what it keeps between operations. Used by one thread at a time. */
final class User {

    private static final System.Logger LOGGER = System.getLogger("io.stampede");

    private final int number;
    private volatile @Nullable Thread thread;
    private @Nullable Object state;

    User(int number) {
        this.number = number;
    }

    /** From now on, this thread waits for the user's operations to end. */
    void bind(Thread waiting) {
        thread = waiting;
    }

    @Nullable
    Thread thread() {
        return thread;
    }

    int number() {
        return number;
    }

    @SuppressWarnings("unchecked") // a user's operations are one method, which asks for one type
    <T> T state(Supplier<? extends T> create) {
        Object kept = state;
        if (kept == null) {
            kept = create.get();
            if (kept == null) {
                throw new IllegalStateException("The state of user " + number + " must not be null");
            }
            state = kept;
        }
        return (T) kept;
    }

    /** Closes what it keeps; never throws, as nobody is left to tell. */
    void close() {
        if (state instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Throwable e) {
                LOGGER.log(System.Logger.Level.WARNING, "The state of user " + number + " could not be closed", e);
            }
        }
        state = null;
    }
}
