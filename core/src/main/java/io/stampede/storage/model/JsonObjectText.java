package io.stampede.storage.model;

import io.stampede.internal.storage.text.JsonTokens;
import io.stampede.internal.storage.text.ShownText;
import io.stampede.internal.storage.text.TextRule;
import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Checks that a text is one JSON object which Postgres can turn into {@code jsonb}. Thread-safe. */
final class JsonObjectText {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    // The digits that a Postgres numeric can have before and after its point.
    private static final int MAX_WHOLE_DIGITS = 131_072;
    private static final int MAX_FRACTION_DIGITS = 16_383;

    private JsonObjectText() {}

    static String check(String json) {
        if ("{}".equals(json)) {
            return json;
        }
        TextRule.METADATA.check(json);
        try (JsonParser parser = MAPPER.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refused(json, "it does not start as one");
            }
            JsonTokens.inside(parser, token -> {
                if (token == JsonToken.PROPERTY_NAME || token == JsonToken.VALUE_STRING) {
                    // Escapes such as \u0000 hide from a look at the raw text, so the decoded one is looked at too.
                    TextRule.METADATA.checkBlankAllowed(parser.getString());
                } else if (token.isNumeric()) {
                    checkNumber(json, parser.getString());
                }
            });
            if (parser.nextToken() != null) {
                throw refused(json, "more follows after it");
            }
            return json;
        } catch (JacksonException e) {
            throw refused(json, e.getOriginalMessage());
        }
    }

    static String of(Map<String, ?> values) {
        try {
            return MAPPER.writeValueAsString(values);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("metadata cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static void checkNumber(String json, String number) {
        BigDecimal value;
        try {
            value = new BigDecimal(number);
        } catch (NumberFormatException e) {
            throw refused(json, "the number " + ShownText.quoted(number) + " is out of range");
        }
        long wholeDigits = (long) value.precision() - value.scale();
        if (wholeDigits > MAX_WHOLE_DIGITS || value.scale() > MAX_FRACTION_DIGITS) {
            throw refused(json, "Postgres has no number as large or as fine as " + ShownText.quoted(number));
        }
    }

    private static IllegalArgumentException refused(String json, String why) {
        return new IllegalArgumentException(
                "metadata must be one JSON object, but " + why + ": " + ShownText.quoted(json));
    }
}
