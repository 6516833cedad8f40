/** Settings under {@code stampede.}: where they come from, what each means, and which are unknown. */
@NullMarked
package io.stampede.internal.settings;

import org.jspecify.annotations.NullMarked;
