/** What JUnit finds by itself, for load tests that would otherwise be passed over. */
@NullMarked
package io.stampede.internal.jupiter;

import org.jspecify.annotations.NullMarked;
