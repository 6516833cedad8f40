@NullMarked
package io.stampede.reports;

import org.jspecify.annotations.NullMarked;
