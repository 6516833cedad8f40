package io.stampede.storage.model;

import org.jspecify.annotations.Nullable;

/**
 * A conversation is stored; its embedding could not be made, or is not made yet.
 *
 * @since 0.1
 */
public class NotEmbeddedException extends StorageException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception that says what went wrong.
     *
     * @param message what went wrong, where, and what to do
     * @param cause what it comes from, or null
     */
    public NotEmbeddedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
