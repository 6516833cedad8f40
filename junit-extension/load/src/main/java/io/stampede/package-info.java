/**
 * Load tests in code, without annotations.
 *
 * @serial exclude
 */
@NullMarked
package io.stampede;

import org.jspecify.annotations.NullMarked;
