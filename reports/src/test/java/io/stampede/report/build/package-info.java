@NullMarked
package io.stampede.report.build;

import org.jspecify.annotations.NullMarked;
