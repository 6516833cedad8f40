package io.stampede.report.text;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as text, and as plain data: maps, lists, texts, numbers, truth values and null. What is asked for and is not there
 * is an {@link IllegalArgumentException}.
 */
public final class Json {

    public static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    public static String of(Consumer<JsonGenerator> writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            writing.accept(json);
        }
        return text.toString();
    }

    /** Writes plain data. */
    public static void write(JsonGenerator json, @Nullable Object data) {
        if (data instanceof Map<?, ?> map) {
            json.writeStartObject();
            map.forEach((name, value) -> {
                json.writeName(String.valueOf(name));
                write(json, value);
            });
            json.writeEndObject();
        } else if (data instanceof Iterable<?> list) {
            json.writeStartArray();
            list.forEach(one -> write(json, one));
            json.writeEndArray();
        } else if (data instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (data instanceof Double number) {
            json.writeNumber(number);
        } else if (data instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (data == null) {
            json.writeNull();
        } else {
            json.writeString(data.toString());
        }
    }

    /** Reads plain data. */
    public static @Nullable Object parse(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            return value(parser);
        }
    }

    private static @Nullable Object value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                map.put(name, value(parser));
            }
            return map;
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(parser));
            }
            return list;
        }
        if (token == null) {
            throw new IllegalArgumentException("there must be a value, but the text ended");
        }
        return switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getString();
        };
    }

    /** Reads an object that says of which schema it is. */
    public static Map<?, ?> ofSchema(int schema, String text) {
        Map<?, ?> root = object(parse(text));
        if (!(root.get("schema") instanceof Number number) || number.intValue() != schema) {
            throw new IllegalArgumentException(
                    "schema must be " + schema + ", but was " + root.get("schema") + ": remove the file");
        }
        return root;
    }

    public static Map<?, ?> object(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw missing("an object", value);
    }

    public static List<?> list(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw missing("a list", value);
    }

    public static Number number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw missing("a number", value);
    }

    public static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw missing("a text", value);
    }

    public static @Nullable String textOrNull(@Nullable Object value) {
        return value == null ? null : text(value);
    }

    private static IllegalArgumentException missing(String what, @Nullable Object value) {
        return new IllegalArgumentException("there must be " + what + ", but was " + value);
    }
}
