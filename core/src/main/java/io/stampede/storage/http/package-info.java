/** The service: {@code POST /api/conversations} and friends. */
@NullMarked
package io.stampede.storage.http;

import org.jspecify.annotations.NullMarked;
