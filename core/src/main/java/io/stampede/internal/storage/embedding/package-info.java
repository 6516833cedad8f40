/** Text to vectors: the Ollama client and the cache before it. */
@NullMarked
package io.stampede.internal.storage.embedding;

import org.jspecify.annotations.NullMarked;
