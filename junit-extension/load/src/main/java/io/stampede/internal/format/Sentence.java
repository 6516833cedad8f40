package io.stampede.internal.format;

/** Texts of others as sentences of a message. */
public final class Sentence {

    private Sentence() {}

    /** The text with a full stop, unless it has an end of its own. */
    public static String of(String text) {
        String stripped = text.strip();
        return !stripped.isEmpty() && ".!?".indexOf(stripped.charAt(stripped.length() - 1)) >= 0
                ? stripped
                : stripped + ".";
    }
}
