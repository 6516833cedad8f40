/** How text, HTML and JSON are written; the lowest of the packages of the reports. */
@NullMarked
package io.stampede.report.text;

import org.jspecify.annotations.NullMarked;
