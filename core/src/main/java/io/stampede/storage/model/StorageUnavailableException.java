package io.stampede.storage.model;

import org.jspecify.annotations.Nullable;

/**
 * Postgres or Ollama did not answer. The message names its address.
 *
 * @since 0.1
 */
public class StorageUnavailableException extends StorageException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception that says what went wrong.
     *
     * @param message what went wrong, where, and what to do
     * @param cause what it comes from, or null
     */
    public StorageUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
