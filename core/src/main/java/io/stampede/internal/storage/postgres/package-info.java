/** The only user of SQL: migrations, batch writes, jobs, search. */
@NullMarked
package io.stampede.internal.storage.postgres;

import org.jspecify.annotations.NullMarked;
