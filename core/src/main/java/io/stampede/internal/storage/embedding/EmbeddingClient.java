package io.stampede.internal.storage.embedding;

import java.util.List;

/** Turns texts into vectors, all in one request. Thread-safe. */
interface EmbeddingClient {

    /**
     * One vector of length 1 for each text, in order.
     *
     * @throws EmbeddingRefusedException where an answer came and it is no usable one
     * @throws io.stampede.storage.model.StorageUnavailableException where no answer came
     * @throws InterruptedException where the thread was asked to stop
     */
    List<float[]> embed(List<String> texts) throws InterruptedException;
}
