/** The only user of SQL: migrations, batch writes, jobs, search. For the facade's use, not for callers. */
@NullMarked
package io.stampede.storage.postgres;

import org.jspecify.annotations.NullMarked;
