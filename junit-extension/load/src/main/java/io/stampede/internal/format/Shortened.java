package io.stampede.internal.format;

/** Texts of users in messages: no longer than a reader wants them. */
public final class Shortened {

    /** In characters. */
    public static final int MAX_LENGTH = 200;

    private Shortened() {}

    /** The text, or its beginning if it is long. */
    public static String of(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
    }
}
