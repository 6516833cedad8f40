package io.stampede;

import io.stampede.verdict.FinishedRun;
import org.opentest4j.TestAbortedException;

/**
 * A load test in code cannot be judged: its load generator was at fault, or it was stopped. JUnit shows the test as
 * aborted, as it does for load tests by annotation.
 *
 * @since 0.1
 */
public final class InvalidRunException extends TestAbortedException {

    private static final long serialVersionUID = 1L;

    /** What happened all the same. */
    private final FinishedRun run;

    InvalidRunException(String message, FinishedRun run) {
        super(message);
        this.run = run;
    }

    /** {@return what happened all the same, and why it says nothing of the target} */
    public FinishedRun run() {
        return run;
    }
}
