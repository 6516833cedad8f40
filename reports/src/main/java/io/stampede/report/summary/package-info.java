/** The summary of one load test: a static page with its charts. */
@NullMarked
package io.stampede.report.summary;

import org.jspecify.annotations.NullMarked;
