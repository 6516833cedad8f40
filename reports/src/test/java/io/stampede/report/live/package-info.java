@NullMarked
package io.stampede.report.live;

import org.jspecify.annotations.NullMarked;
