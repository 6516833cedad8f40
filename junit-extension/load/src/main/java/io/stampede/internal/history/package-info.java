/** Keeps runs in a folder, one file each, and finds those to compare a run with. */
@NullMarked
package io.stampede.internal.history;

import org.jspecify.annotations.NullMarked;
