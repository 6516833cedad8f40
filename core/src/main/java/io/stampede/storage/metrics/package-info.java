/** What can be seen of a running storage: snapshots, histograms, a stream of them, Micrometer. */
@NullMarked
package io.stampede.storage.metrics;

import org.jspecify.annotations.NullMarked;
