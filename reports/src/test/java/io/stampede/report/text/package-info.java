@NullMarked
package io.stampede.report.text;

import org.jspecify.annotations.NullMarked;
