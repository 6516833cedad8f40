/** What a load test runs: one operation, and what it is told of itself. */
@NullMarked
package io.stampede.operation;

import org.jspecify.annotations.NullMarked;
