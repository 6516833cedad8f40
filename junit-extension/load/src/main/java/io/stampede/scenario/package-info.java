/** Immutable description of a run: workload, phases, targets, seed. Imports the JDK only. */
@NullMarked
package io.stampede.scenario;

import org.jspecify.annotations.NullMarked;
