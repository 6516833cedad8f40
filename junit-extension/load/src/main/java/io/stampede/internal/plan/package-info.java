/** Gives the next phase from the results so far. Pure. */
@NullMarked
package io.stampede.internal.plan;

import org.jspecify.annotations.NullMarked;
