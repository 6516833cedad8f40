package io.stampede.internal.storage.embedding;

/** What became of one text. */
public sealed interface Embedding {

    /**
     * It has a vector.
     *
     * @param values of length 1; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and copying each would be most of the work
    record Vector(float[] values) implements Embedding {}

    /**
     * Ollama works, and this text has no vector: trying again counts as an attempt.
     *
     * @param error what Ollama said
     */
    record Refused(String error) implements Embedding {}

    /**
     * Ollama does not work, which says nothing about the text.
     *
     * @param error what was seen
     */
    record Unavailable(String error) implements Embedding {}
}
