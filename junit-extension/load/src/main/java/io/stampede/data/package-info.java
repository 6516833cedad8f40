/** Rows of a data file, one for each operation. Read once, immutable, shared by all threads. */
@NullMarked
package io.stampede.data;

import org.jspecify.annotations.NullMarked;
