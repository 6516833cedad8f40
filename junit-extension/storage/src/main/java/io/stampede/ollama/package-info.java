/** An Ollama in this JVM: the HTTP API of Ollama as far as embeddings go, with real all-MiniLM-L6-v2 vectors. */
@NullMarked
package io.stampede.ollama;

import org.jspecify.annotations.NullMarked;
