package io.stampede.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a component of a record can be.
 *
 * @param rule says what its text must be
 * @param json what it must be in JSON: {@code String}, {@code Number} or {@code Boolean}
 * @param parser throws a runtime exception where the text is something else
 */
record ColumnType(String rule, Class<?> json, Function<String, Object> parser) {

    private static final Map<Class<?>, ColumnType> TYPES = types();

    private static Map<Class<?>, ColumnType> types() {
        Map<Class<?>, ColumnType> types = new HashMap<>();
        types.put(String.class, new ColumnType("a text", String.class, text -> text));
        types.put(int.class, new ColumnType("a whole number such as 42", Number.class, Integer::valueOf));
        types.put(long.class, new ColumnType("a whole number such as 42", Number.class, Long::valueOf));
        types.put(BigInteger.class, new ColumnType("a whole number such as 42", Number.class, BigInteger::new));
        types.put(double.class, new ColumnType("a number such as 9.95", Number.class, ColumnType::finite));
        types.put(BigDecimal.class, new ColumnType("a number such as 9.95", Number.class, BigDecimal::new));
        types.put(boolean.class, new ColumnType("true or false", Boolean.class, ColumnType::truth));
        types.put(Integer.class, types.get(int.class));
        types.put(Long.class, types.get(long.class));
        types.put(Double.class, types.get(double.class));
        types.put(Boolean.class, types.get(boolean.class));
        types.put(LocalDate.class, text("a date such as 2026-01-31", LocalDate::parse));
        types.put(LocalTime.class, text("a time such as 23:59:30", LocalTime::parse));
        types.put(LocalDateTime.class, text("a date and time such as 2026-01-31T23:59:30", LocalDateTime::parse));
        types.put(OffsetDateTime.class, text("a time such as 2026-01-31T23:59:30+01:00", OffsetDateTime::parse));
        types.put(
                ZonedDateTime.class,
                text("a time such as 2026-01-31T23:59:30+01:00[Europe/Paris]", ZonedDateTime::parse));
        types.put(Instant.class, text("a time such as 2026-01-31T23:59:30Z", Instant::parse));
        types.put(Duration.class, text("a duration such as PT1M30S", Duration::parse));
        types.put(UUID.class, text("a UUID such as 123e4567-e89b-12d3-a456-426614174000", ColumnType::uuid));
        types.put(URI.class, text("a URI such as https://example.org/", URI::create));
        return Map.copyOf(types);
    }

    private static ColumnType text(String rule, Function<String, Object> parser) {
        return new ColumnType(rule, String.class, parser);
    }

    /** The one for a component's class; null where it can be none. */
    static @Nullable ColumnType of(Class<?> type) {
        return type.isEnum() ? ofEnum(type) : TYPES.get(type);
    }

    private static ColumnType ofEnum(Class<?> type) {
        Map<String, Object> constants = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
        String names = Place.shown(String.join(
                ", ",
                Arrays.stream(type.getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name())
                        .toList()));
        return text("one of " + names, name -> {
            Object constant = constants.get(name);
            if (constant == null) {
                throw new IllegalArgumentException(name);
            }
            return constant;
        });
    }

    // Not Double.valueOf, which takes " 1d " and "NaN" as well.
    private static Object finite(String text) {
        double value = new BigDecimal(text).doubleValue();
        if (!Double.isFinite(value)) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    // Not Boolean.valueOf, to which whatever is not "true" is false.
    private static Object truth(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.valueOf(text);
        }
        throw new IllegalArgumentException(text);
    }

    // Not UUID.fromString alone, which fills "1-1-1-1-1" up with zeros.
    private static Object uuid(String text) {
        UUID value = UUID.fromString(text);
        if (!value.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }
}
