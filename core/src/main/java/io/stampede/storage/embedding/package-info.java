/** Text to vectors: the Ollama client and the cache before it. For the facade's use, not for callers. */
@NullMarked
package io.stampede.storage.embedding;

import org.jspecify.annotations.NullMarked;
