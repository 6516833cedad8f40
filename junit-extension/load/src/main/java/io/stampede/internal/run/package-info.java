/** The line from a scenario to its reports, shared by the extension and by load tests in code. */
@NullMarked
package io.stampede.internal.run;

import org.jspecify.annotations.NullMarked;
