package io.stampede.junit;

import io.stampede.verdict.FinishedRun;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** How far a load test came. One for each test, used by the thread that runs it. */
final class Attempt {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Attempt.class);

    private boolean begun;
    private @Nullable FinishedRun run;
    private @Nullable Throwable failure;

    private Attempt() {}

    static Attempt of(ExtensionContext context) {
        return context.getStore(NAMESPACE).getOrComputeIfAbsent(Attempt.class, key -> new Attempt(), Attempt.class);
    }

    /** The extension has been asked to run the test, and nobody took its place. */
    void begin() {
        begun = true;
    }

    boolean begun() {
        return begun;
    }

    void finished(FinishedRun finished) {
        run = finished;
    }

    /** Null if there was no load. */
    @Nullable
    FinishedRun run() {
        return run;
    }

    void failed(Throwable thrown) {
        failure = thrown;
    }

    /** What the test ended with, whatever others made of it; null if it passed. */
    @Nullable
    Throwable failure() {
        return failure;
    }
}
