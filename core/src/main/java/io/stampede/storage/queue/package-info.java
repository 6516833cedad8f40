/** Accepted work within a bound, batched by size or age. For the facade's use, not for callers. */
@NullMarked
package io.stampede.storage.queue;

import org.jspecify.annotations.NullMarked;
