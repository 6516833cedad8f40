@NullMarked
package io.stampede.reports.readiness;

import org.jspecify.annotations.NullMarked;
