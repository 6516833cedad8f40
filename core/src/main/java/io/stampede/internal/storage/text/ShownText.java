package io.stampede.internal.storage.text;

import java.util.Locale;

/** The texts of others as messages may show them. */
public final class ShownText {

    private static final int SHORT = 40;

    private ShownText() {}

    /** At most this many characters, and dots where there were more. */
    public static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }

    /** Short, with a question mark for each control character and each half of a surrogate pair. */
    public static String plain(String text) {
        StringBuilder out = new StringBuilder(cut(text, SHORT));
        for (int i = 0; i < out.length(); i++) {
            if (isUnfit(out.charAt(i))) {
                out.setCharAt(i, '?');
            }
        }
        return out.toString();
    }

    /** Short and in quotes, with an escape for each control character and each half of a surrogate pair. */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : cut(text, SHORT).toCharArray()) {
            if (isUnfit(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private static boolean isUnfit(char c) {
        return Character.isISOControl(c) || Character.isSurrogate(c);
    }
}
