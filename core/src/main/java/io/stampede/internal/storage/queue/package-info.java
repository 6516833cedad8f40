/** Accepted work within a bound, batched by size or age. */
@NullMarked
package io.stampede.internal.storage.queue;

import org.jspecify.annotations.NullMarked;
