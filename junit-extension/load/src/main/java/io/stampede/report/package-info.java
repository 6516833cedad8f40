/**
 * Where results go: the open reporter interface, the console table, JSON.
 *
 * @serial exclude
 */
@NullMarked
package io.stampede.report;

import org.jspecify.annotations.NullMarked;
