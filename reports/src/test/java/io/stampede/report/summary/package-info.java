@NullMarked
package io.stampede.report.summary;

import org.jspecify.annotations.NullMarked;
