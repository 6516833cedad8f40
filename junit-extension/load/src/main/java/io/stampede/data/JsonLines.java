package io.stampede.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON lines: one object a line. */
final class JsonLines {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(DataFile.CONSTRAINTS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonLines() {}

    static void read(BufferedReader text, DataFile.Rows<?> rows) throws IOException {
        long number = 0;
        for (String line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            if (!line.isBlank()) {
                Place place = new Place(rows.file(), number);
                Map<String, @Nullable Object> values = parse(line, place);
                rows.type().check(values.keySet(), place);
                rows.add(values, place);
            }
        }
        if (rows.count() == 0) {
            throw new LoadDataException(rows.file() + " is empty: it must have a JSON object in each line.");
        }
    }

    private static Map<String, @Nullable Object> parse(String line, Place place) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw place.error("must be a JSON object such as {\"name\": \"Ann\"}, but was " + Place.shown(line));
            }
            Map<String, @Nullable Object> values = object(parser);
            if (values.size() > DataFile.MAX_COLUMNS) {
                throw place.error(String.format(Locale.ROOT, "there may be at most %,d columns", DataFile.MAX_COLUMNS));
            }
            if (parser.nextToken() != null) {
                throw place.error("there is more after the object. Each object must have a line of its own");
            }
            return values;
        } catch (JacksonException e) {
            throw DataFile.malformed(place, e);
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            values.put(name, value(parser, parser.nextToken()));
        }
        return values;
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue(); // exact, as it is written
            case START_OBJECT -> Collections.unmodifiableMap(object(parser));
            case START_ARRAY -> Collections.unmodifiableList(array(parser));
            default -> parser.getString();
        };
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(parser, token));
        }
        return values;
    }
}
