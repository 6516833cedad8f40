/** Compares a result with its targets. Pure: values in, values out. */
@NullMarked
package io.stampede.verdict;

import org.jspecify.annotations.NullMarked;
