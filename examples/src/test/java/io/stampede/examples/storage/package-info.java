/** The six load scenarios against the conversation storage optimizer. */
@NullMarked
package io.stampede.examples.storage;

import org.jspecify.annotations.NullMarked;
