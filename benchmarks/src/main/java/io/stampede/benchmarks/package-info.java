/** What the load engine costs and how precise it is, in whole runs; started by hand. */
@NullMarked
package io.stampede.benchmarks;

import org.jspecify.annotations.NullMarked;
