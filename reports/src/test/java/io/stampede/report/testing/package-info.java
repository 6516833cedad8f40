@NullMarked
package io.stampede.report.testing;

import org.jspecify.annotations.NullMarked;
