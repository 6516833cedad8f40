/**
 * The command that starts the service as a process of its own, and the interface through which it finds a Postgres and an
 * Ollama to start beside it. Stands above the HTTP service; nothing uses it.
 */
@NullMarked
package io.stampede.storage.server;

import org.jspecify.annotations.NullMarked;
