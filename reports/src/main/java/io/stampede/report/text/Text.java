package io.stampede.report.text;

/** Text that came from outside, made harmless. */
public final class Text {

    private Text() {}

    /** Text for HTML and XML, in elements and in quoted attributes. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        visible(text).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    /**
     * The same text with a picture or a code in place of each character that XML forbids or that moves other text
     * about. Line breaks and tabs stay.
     */
    public static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t') {
                visible.append((char) c);
            } else if (c == '\r') {
                visible.append('\u240d');
            } else if (c < 0x20) {
                visible.append((char) (0x2400 + c));
            } else if ((c >= 0x7f && c < 0xa0)
                    || (c >= 0xd800 && c < 0xe000)
                    || (c >= 0x202a && c <= 0x202e)
                    || c == 0x200e
                    || c == 0x200f
                    || c == 0x61c
                    || (c >= 0x2066 && c <= 0x2069)
                    || (c & 0xfffe) == 0xfffe) {
                visible.append(String.format("\\u%04x", c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    /** One line for a chart or a file's name in a list, cut if it is long. */
    public static String line(String text, int length) {
        String line = visible(text).replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= length
                ? line
                : line.substring(0, line.offsetByCodePoints(0, length - 1)) + "…";
    }

    /** The same text, cut if it is long; its line breaks stay. */
    public static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end) + "…";
    }
}
