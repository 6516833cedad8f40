@NullMarked
package io.stampede.report.readiness;

import org.jspecify.annotations.NullMarked;
