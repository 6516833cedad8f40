/** Immutable values and exceptions that the other packages share. */
@NullMarked
package io.stampede.storage.model;

import org.jspecify.annotations.NullMarked;
