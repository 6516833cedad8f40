package io.stampede.data;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows as maps; any column will do. */
record MapType<T>(DataFormat format, Function<Map<String, @Nullable Object>, T> maker) implements RowType<T> {

    static RowType<Map<String, String>> csv(DataFormat format) {
        return new MapType<>(require(DataFormat.CSV, format), MapType::texts);
    }

    static RowType<Map<String, @Nullable Object>> json(DataFormat format) {
        return new MapType<>(require(DataFormat.JSON_LINES, format), values -> Collections.unmodifiableMap(values));
    }

    /** The map that can hold rows of the format, where the type is that one. */
    static RowType<?> of(Type type, DataFormat format) {
        if (type instanceof ParameterizedType map
                && map.getRawType() == Map.class
                && map.getActualTypeArguments()[0] == String.class
                && map.getActualTypeArguments()[1] == (format == DataFormat.CSV ? String.class : Object.class)) {
            return format == DataFormat.CSV ? csv(format) : json(format);
        }
        throw new LoadDataException("a row of this file must be a record or a " + format.mapType() + ", but was "
                + type.getTypeName() + ".");
    }

    private static DataFormat require(DataFormat wanted, DataFormat format) {
        if (format != wanted) {
            throw new LoadDataException(
                    "rows of such a file are " + format.mapType() + ", but " + wanted.mapType() + " was asked for.");
        }
        return format;
    }

    private static Map<String, String> texts(Map<String, @Nullable Object> values) {
        Map<String, String> texts = new LinkedHashMap<>(values.size() * 4 / 3 + 1);
        values.forEach((column, text) -> texts.put(column, String.valueOf(text)));
        return Collections.unmodifiableMap(texts);
    }

    @Override
    public void check(Set<String> columns, Place place) {}

    @Override
    public T row(Map<String, @Nullable Object> values, Place place) {
        return maker.apply(values);
    }
}
