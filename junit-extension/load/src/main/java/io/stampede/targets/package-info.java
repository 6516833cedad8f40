/** Reads targets tables from Markdown. */
@NullMarked
package io.stampede.targets;

import org.jspecify.annotations.NullMarked;
