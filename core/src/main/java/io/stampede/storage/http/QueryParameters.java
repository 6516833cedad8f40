package io.stampede.storage.http;

import io.stampede.internal.storage.text.ShownText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a query. Refuses unknown ones and those that come twice. Immutable. */
final class QueryParameters {

    private final Map<String, String> values;

    private QueryParameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * The parameters, decoded.
     *
     * @throws RefusedException with a 400 that names the parameter
     */
    static QueryParameters parse(@Nullable String raw, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        if (raw == null || raw.isEmpty()) {
            return new QueryParameters(values);
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!known.contains(name)) {
                throw new RefusedException(Problem.badField(
                        ShownText.plain(name), "The query may have " + (known.isEmpty() ? "nothing" : known) + "."));
            }
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (values.put(name, decode(name, value, true)) != null) {
                throw new RefusedException(Problem.badField(name, name + " is given twice."));
            }
        }
        return new QueryParameters(values);
    }

    /** A parameter that has to be there. */
    String required(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new RefusedException(Problem.badField(name, name + " is missing in the query."));
        }
        return value;
    }

    /** A whole number within these bounds. */
    int number(String name, int otherwise, int least, int most) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        // Nine digits always fit.
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new RefusedException(Problem.badField(
                name,
                name + " must be a whole number from " + least + " to " + most + ", but was \"" + ShownText.plain(value)
                        + "\"."));
    }

    /**
     * A part of a path or query as it was meant: percent signs decoded, as UTF-8.
     *
     * @param plus whether a plus stands for a space
     * @throws RefusedException with a 400 that names the field
     */
    static String decode(String field, String raw, boolean plus) {
        ByteBuffer bytes = ByteBuffer.allocate(raw.length() * 3);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int value = hex(raw, i + 1);
                if (value < 0) {
                    throw new RefusedException(
                            Problem.badField(field, field + " has a % that two hexadecimal digits do not follow."));
                }
                bytes.put((byte) value);
                i += 2;
            } else {
                bytes.put(String.valueOf(plus && c == '+' ? ' ' : c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new RefusedException(Problem.badField(field, field + " is not valid UTF-8."));
        }
    }

    /** The byte that two digits name, or -1. */
    private static int hex(String raw, int at) {
        if (at + 1 >= raw.length()) {
            return -1;
        }
        int high = Character.digit(raw.charAt(at), 16);
        int low = Character.digit(raw.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
