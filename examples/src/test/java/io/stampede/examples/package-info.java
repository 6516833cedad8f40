/** Checks that the guide shows what there is. */
@NullMarked
package io.stampede.examples;

import org.jspecify.annotations.NullMarked;
