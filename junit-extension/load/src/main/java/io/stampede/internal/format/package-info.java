/** How numbers and durations are written and read. */
@NullMarked
package io.stampede.internal.format;

import org.jspecify.annotations.NullMarked;
