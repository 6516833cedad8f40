/**
 * Immutable description of a run: workload, phases, targets, seed. Imports the JDK only.
 *
 * @serial exclude
 */
@NullMarked
package io.stampede.scenario;

import org.jspecify.annotations.NullMarked;
