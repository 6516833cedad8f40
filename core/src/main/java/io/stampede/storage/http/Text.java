package io.stampede.storage.http;

/** A caller's text as an answer may repeat it. */
final class Text {

    private static final int SHOWN = 40;

    private Text() {}

    /** Short, and without control characters or halves of pairs. */
    static String shown(String text) {
        StringBuilder out = new StringBuilder(text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text);
        for (int i = 0; i < out.length(); i++) {
            if (Character.isISOControl(out.charAt(i)) || Character.isSurrogate(out.charAt(i))) {
                out.setCharAt(i, '?');
            }
        }
        return out.toString();
    }
}
