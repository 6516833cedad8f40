/** Keeps out of the console and the results what nobody asked for. */
@NullMarked
package io.stampede.report.quiet;

import org.jspecify.annotations.NullMarked;
