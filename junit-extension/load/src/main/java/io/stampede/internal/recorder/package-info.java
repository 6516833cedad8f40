/** Folds samples into histograms and series of bounded size; sole importer of HdrHistogram. */
@NullMarked
package io.stampede.internal.recorder;

import org.jspecify.annotations.NullMarked;
