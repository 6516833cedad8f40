/** The annotations and the extension behind them; the only package that sees JUnit. */
@NullMarked
package io.stampede.junit;

import org.jspecify.annotations.NullMarked;
