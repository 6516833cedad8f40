package io.stampede.storage.model;

import org.jspecify.annotations.Nullable;

/**
 * Anything that goes wrong in the storage and is not the caller's fault.
 *
 * @since 0.1
 */
public class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception that says what went wrong.
     *
     * @param message what went wrong, where, and what to do
     * @param cause what it comes from, or null
     */
    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
