/** The service: {@code POST /api/conversations} and friends, over HTTP. Stands above the facade; nothing uses it. */
@NullMarked
package io.stampede.storage.http;

import org.jspecify.annotations.NullMarked;
