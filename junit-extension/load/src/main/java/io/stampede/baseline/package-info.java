/** Compares a run with those before it: fingerprints, figures, and a test with a stated error rate. Pure. */
@NullMarked
package io.stampede.baseline;

import org.jspecify.annotations.NullMarked;
