/** What a number of a run is, and the bounds it is judged by. */
@NullMarked
package io.stampede.metric;

import org.jspecify.annotations.NullMarked;
