/** Where results go: the open reporter interface, the console table, JSON. */
@NullMarked
package io.stampede.report;

import org.jspecify.annotations.NullMarked;
