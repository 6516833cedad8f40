/** What every package of the storage may use: bounds, waits, threads. Knows nothing of conversations. */
@NullMarked
package io.stampede.internal.storage;

import org.jspecify.annotations.NullMarked;
