package io.stampede.storage.model;

import org.jspecify.annotations.Nullable;

/**
 * Postgres or Ollama did not answer. The message names its address.
 *
 * @since 0.1
 */
public class StorageUnavailableException extends StorageException {

    private static final long serialVersionUID = 1L;

    public StorageUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
