/** Runs each operation at its due time; sole owner of threads and clock. */
@NullMarked
package io.stampede.internal.engine;

import org.jspecify.annotations.NullMarked;
