/** A page on loopback that shows runs while they go on. */
@NullMarked
package io.stampede.report.live;

import org.jspecify.annotations.NullMarked;
