/** Pure arithmetic: when is operation n due? No clock, no thread, seeded. */
@NullMarked
package io.stampede.internal.schedule;

import org.jspecify.annotations.NullMarked;
