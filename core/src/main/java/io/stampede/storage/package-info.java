/** The facade: takes conversations, hands out receipts and stats, owns the lifecycle. */
@NullMarked
package io.stampede.storage;

import org.jspecify.annotations.NullMarked;
