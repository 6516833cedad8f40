package io.stampede.operation;

import io.stampede.internal.format.Times;
import java.time.Duration;

/**
 * An operation did not end in time. It counts as failed; a blocked thread is interrupted.
 *
 * @since 0.1
 */
public final class OperationTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the timeout in its message.
     *
     * @param timeout that the operation did not keep
     */
    public OperationTimeoutException(Duration timeout) {
        // Without a stack trace: it would show the watch, not the operation.
        super("did not end within its timeout of " + Times.format(timeout), null, false, false);
    }
}
