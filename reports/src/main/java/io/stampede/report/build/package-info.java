/** What the JVMs of one build share: which build it is, and what each has added to its reports. */
@NullMarked
package io.stampede.report.build;

import org.jspecify.annotations.NullMarked;
