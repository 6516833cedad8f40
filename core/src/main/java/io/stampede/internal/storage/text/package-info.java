/** What texts must be to be stored, and how messages show the texts of others. */
@NullMarked
package io.stampede.internal.storage.text;

import org.jspecify.annotations.NullMarked;
