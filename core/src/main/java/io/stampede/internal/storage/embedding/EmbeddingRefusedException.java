package io.stampede.internal.storage.embedding;

import io.stampede.storage.model.StorageException;

/** Ollama answered, and its answer is no usable embedding. */
final class EmbeddingRefusedException extends StorageException {

    private static final long serialVersionUID = 1L;

    private final boolean inputAtFault;

    EmbeddingRefusedException(String message, boolean inputAtFault) {
        super(message, null);
        this.inputAtFault = inputAtFault;
    }

    /** Whether the answer itself blames the request (status 400), so that trying another text would tell nothing. */
    boolean inputAtFault() {
        return inputAtFault;
    }
}
