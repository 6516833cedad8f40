package io.stampede.data;

import io.stampede.internal.format.Sentence;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where in a file something was seen; lines from 1. */
record Place(String file, long line) {

    private static final int SHOWN = 60;

    LoadDataException error(String message) {
        return new LoadDataException(where() + ": " + Sentence.of(message));
    }

    LoadDataException error(String message, Throwable cause) {
        return new LoadDataException(where() + ": " + Sentence.of(message), cause);
    }

    LoadDataException error(String column, @Nullable Object seen, String rule) {
        return new LoadDataException(
                where() + ", column \"" + shown(column) + "\": " + seen(seen) + ", but " + rule + ".");
    }

    private String where() {
        return String.format(Locale.ROOT, "%s, line %,d", file, line);
    }

    private static String seen(@Nullable Object value) {
        return value instanceof String text ? "\"" + shown(text) + "\"" : shown(String.valueOf(value));
    }

    /** On one line, and not too long. */
    static String shown(String text) {
        String line = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return line.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
    }
}
