/**
 * Reads targets tables from Markdown.
 *
 * @serial exclude
 */
@NullMarked
package io.stampede.targets;

import org.jspecify.annotations.NullMarked;
