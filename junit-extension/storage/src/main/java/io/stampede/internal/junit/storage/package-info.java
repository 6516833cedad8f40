/** What is found by {@link java.util.ServiceLoader}: the settings, and the embedded Postgres and Ollama for the service. */
@NullMarked
package io.stampede.internal.junit.storage;

import org.jspecify.annotations.NullMarked;
