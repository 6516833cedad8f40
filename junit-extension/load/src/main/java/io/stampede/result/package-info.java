/** What happened in a run: counts, distributions, series, failures by cause, gauges, the machine. Imports the JDK only. */
@NullMarked
package io.stampede.result;

import org.jspecify.annotations.NullMarked;
