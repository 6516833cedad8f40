package io.stampede.targets;

/**
 * A targets table, or a row of it, cannot be read. The message says where, what was seen, and what is accepted.
 *
 * @since 0.1
 */
public final class TargetsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception without a cause.
     *
     * @param message a sentence, or the end of one that begins with what is wrong
     */
    public TargetsException(String message) {
        super(message);
    }

    /**
     * Makes an exception with its cause.
     *
     * @param message as above
     * @param cause what was thrown
     */
    public TargetsException(String message, Throwable cause) {
        super(message, cause);
    }
}
