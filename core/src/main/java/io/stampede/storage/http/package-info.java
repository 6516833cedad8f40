/** The HTTP service over a storage: {@code POST /api/conversations} and friends. Stands above the facade. */
@NullMarked
package io.stampede.storage.http;

import org.jspecify.annotations.NullMarked;
