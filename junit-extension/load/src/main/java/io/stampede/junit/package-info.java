/**
 * The annotations and the extension behind them; the only package that sees JUnit.
 *
 * @serial exclude
 */
@NullMarked
package io.stampede.junit;

import org.jspecify.annotations.NullMarked;
