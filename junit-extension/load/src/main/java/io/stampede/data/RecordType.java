package io.stampede.data;

import io.stampede.internal.access.Members;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows as records: a column for each component, and no others. */
final class RecordType<T> implements RowType<T> {

    private final DataFormat format;
    private final Class<T> type;
    private final Constructor<T> constructor;
    private final List<Component> components;

    /** A component and what it can be. */
    private record Component(String name, Class<?> type, ColumnType column) {}

    private RecordType(DataFormat format, Class<T> type, Constructor<T> constructor, List<Component> components) {
        this.format = format;
        this.type = type;
        this.constructor = constructor;
        this.components = components;
    }

    static <T> RecordType<T> of(Class<T> type, DataFormat format) {
        return new RecordType<>(format, type, constructor(type), components(type, format));
    }

    private static <T> Constructor<T> constructor(Class<T> type) {
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            Members.open(constructor);
            return constructor;
        } catch (NoSuchMethodException | RuntimeException e) {
            throw new LoadDataException(
                    "record " + type.getSimpleName() + " cannot be created: " + e.getMessage() + ".", e);
        }
    }

    private static List<Component> components(Class<?> type, DataFormat format) {
        List<Component> components = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            ColumnType column = ColumnType.of(component.getType());
            if (column == null) {
                throw new LoadDataException("record " + type.getSimpleName() + " has component "
                        + component.getType().getSimpleName() + " " + component.getName() + ", but a component must be"
                        + " String, int, long, double, boolean, BigDecimal, BigInteger, UUID, URI, an enum or a time of"
                        + " java.time. Change it, or take " + format.mapType() + " instead of the record.");
            }
            components.add(new Component(component.getName(), component.getType(), column));
        }
        return List.copyOf(components);
    }

    @Override
    public DataFormat format() {
        return format;
    }

    @Override
    public void check(Set<String> columns, Place place) {
        for (Component component : components) {
            if (!columns.contains(component.name())) {
                throw place.error("there is no column \"" + component.name() + "\" for " + described(component)
                        + ". The columns are " + quoted(columns) + separated(columns));
            }
        }
        if (columns.size() > components.size()) {
            for (String column : columns) {
                if (components.stream().noneMatch(component -> component.name().equals(column))) {
                    throw place.error("column \"" + Place.shown(column) + "\" has no component in record "
                            + type.getSimpleName() + ". Take it away, or add a component of that name; they are "
                            + quoted(components.stream().map(Component::name).toList()));
                }
            }
        }
    }

    private static String quoted(Iterable<String> names) {
        List<String> quoted = new ArrayList<>();
        names.forEach(name -> quoted.add("\"" + Place.shown(name) + "\""));
        return String.join(", ", quoted.size() > 20 ? quoted.subList(0, 20) : quoted)
                + (quoted.size() > 20 ? " and more" : "");
    }

    private String separated(Set<String> columns) {
        String only = columns.size() == 1 ? columns.iterator().next() : "";
        return format == DataFormat.CSV && (only.contains(";") || only.contains("\t"))
                ? ": they must be separated by commas"
                : "";
    }

    @Override
    public T row(Map<String, @Nullable Object> values, Place place) {
        @Nullable Object[] arguments = new Object[components.size()];
        for (int i = 0; i < arguments.length; i++) {
            Component component = components.get(i);
            arguments[i] = value(component, values.get(component.name()), place);
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw place.error("record " + type.getSimpleName() + " refuses this row: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw place.error("record " + type.getSimpleName() + " cannot be created: " + e, e);
        }
    }

    private @Nullable Object value(Component component, @Nullable Object value, Place place) {
        if (value == null && !component.type().isPrimitive()) {
            return null; // said so in JSON; CSV has no null
        }
        ColumnType column = component.column();
        boolean fits = format == DataFormat.CSV || column.json().isInstance(value);
        if (value != null && fits) {
            try {
                return column.parser().apply(value.toString());
            } catch (RuntimeException e) {
                throw wrong(component, value, place);
            }
        }
        throw wrong(component, value, place);
    }

    private LoadDataException wrong(Component component, @Nullable Object value, Place place) {
        return place.error(
                component.name(),
                value,
                described(component) + " must be " + component.column().rule());
    }

    private String described(Component component) {
        return component.type().getSimpleName() + " " + type.getSimpleName() + "." + component.name();
    }
}
