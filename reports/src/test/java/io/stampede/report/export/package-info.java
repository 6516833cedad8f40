@NullMarked
package io.stampede.report.export;

import org.jspecify.annotations.NullMarked;
