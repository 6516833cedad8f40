/** The files of one load test for other programs to read. */
@NullMarked
package io.stampede.report.export;

import org.jspecify.annotations.NullMarked;
