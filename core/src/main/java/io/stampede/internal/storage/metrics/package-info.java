/** The storage's figures in the forms that monitoring systems take. */
@NullMarked
package io.stampede.internal.storage.metrics;

import org.jspecify.annotations.NullMarked;
