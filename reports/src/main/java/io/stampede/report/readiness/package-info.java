/** Whether a service is ready for production, told from what tests have shown, and the files that show it. */
@NullMarked
package io.stampede.report.readiness;

import org.jspecify.annotations.NullMarked;
