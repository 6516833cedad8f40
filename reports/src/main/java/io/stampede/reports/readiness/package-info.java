/** Whether a service is ready for production, told from what tests have shown. Pure: no clock, no file, no JUnit. */
@NullMarked
package io.stampede.reports.readiness;

import org.jspecify.annotations.NullMarked;
