@NullMarked
package io.stampede.benchmarks;

import org.jspecify.annotations.NullMarked;
