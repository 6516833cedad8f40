@NullMarked
package io.stampede.reports.live;

import org.jspecify.annotations.NullMarked;
