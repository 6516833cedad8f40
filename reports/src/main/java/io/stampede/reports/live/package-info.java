/** A page on loopback that shows runs while they go on. Knows nothing of the reports beside it. */
@NullMarked
package io.stampede.reports.live;

import org.jspecify.annotations.NullMarked;
