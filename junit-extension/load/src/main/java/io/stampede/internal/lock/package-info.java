/** One load test at a time on a machine, whichever JVM runs it. */
@NullMarked
package io.stampede.internal.lock;

import org.jspecify.annotations.NullMarked;
