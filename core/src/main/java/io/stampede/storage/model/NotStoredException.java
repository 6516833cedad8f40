package io.stampede.storage.model;

import org.jspecify.annotations.Nullable;

/**
 * A conversation was accepted and could not be stored.
 *
 * @since 0.1
 */
public class NotStoredException extends StorageException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception that says what went wrong.
     *
     * @param message what went wrong, where, and what to do
     * @param cause what it comes from, or null
     */
    public NotStoredException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
