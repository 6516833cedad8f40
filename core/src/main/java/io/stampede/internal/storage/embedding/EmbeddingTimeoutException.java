package io.stampede.internal.storage.embedding;

import io.stampede.storage.model.StorageUnavailableException;
import org.jspecify.annotations.Nullable;

/** Ollama was reached and did not answer in time: it is stuck, or one of the texts is too much for it. */
final class EmbeddingTimeoutException extends StorageUnavailableException {

    private static final long serialVersionUID = 1L;

    EmbeddingTimeoutException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
