/** Gives the next phase from the results so far. Pure. */
@NullMarked
package io.stampede.plan;

import org.jspecify.annotations.NullMarked;
