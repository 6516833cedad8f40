/** Hears of test plans from JUnit's launcher. Loaded by the launcher alone, so nothing else needs it. */
@NullMarked
package io.stampede.internal.launch;

import org.jspecify.annotations.NullMarked;
