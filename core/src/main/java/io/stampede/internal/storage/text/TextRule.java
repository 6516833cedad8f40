package io.stampede.internal.storage.text;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a text must be to be stored: there, not blank, within a length, and made of characters that Postgres takes.
 * Immutable; any thread may use it.
 *
 * @param field the name that errors use
 * @param maxLength the longest text in UTF-16 units, as {@link String#length()} counts
 */
public record TextRule(String field, int maxLength) {

    /** User ids: at most 256 characters. */
    public static final TextRule USER_ID = new TextRule("userId", 256);

    /** Names of channels: at most 64 characters. */
    public static final TextRule CHANNEL = new TextRule("channel", 64);

    /** Transcripts, and texts to search for: at most 200,000 characters. */
    public static final TextRule TRANSCRIPT = new TextRule("transcript", 200_000);

    /** Summaries: at most 20,000 characters; blank is allowed. */
    public static final TextRule SUMMARY = new TextRule("summary", 20_000);

    /** Metadata: at most 65,536 characters of JSON. */
    public static final TextRule METADATA = new TextRule("metadata", 65_536);

    /**
     * The text itself, where it keeps the rule.
     *
     * @throws IllegalArgumentException where it is null, blank, too long, or holds NUL or half a surrogate pair
     */
    public String check(@Nullable String text) {
        if (text == null) {
            throw new IllegalArgumentException(field + " must not be null");
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException(field + " must not be blank, but was " + ShownText.quoted(text));
        }
        return checkBlankAllowed(text);
    }

    /** As {@link #check}, but a blank text passes. */
    public String checkBlankAllowed(@Nullable String text) {
        if (text == null) {
            throw new IllegalArgumentException(field + " must not be null");
        }
        if (text.length() > maxLength) {
            throw new IllegalArgumentException(field + " must be at most " + maxLength + " characters, but was "
                    + text.length() + ": " + ShownText.quoted(text));
        }
        int refused = firstRefused(text);
        if (refused >= 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s must hold neither NUL nor half a surrogate pair, which Postgres refuses,"
                            + " but has U+%04X at index %d: %s",
                    field,
                    (int) text.charAt(refused),
                    refused,
                    ShownText.quoted(text)));
        }
        return text;
    }

    /** The index of the first character that Postgres refuses, or -1. */
    private static int firstRefused(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return i;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
