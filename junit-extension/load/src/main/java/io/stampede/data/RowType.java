package io.stampede.data;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What rows become. */
interface RowType<T> {

    DataFormat format();

    /** Checks the names that a file, or one of its objects, has; says what is missing or too much. */
    void check(Set<String> columns, Place place);

    /** @param values by the names that were checked; not changed any more */
    T row(Map<String, @Nullable Object> values, Place place);
}
