package io.stampede.internal.report;

import java.util.ArrayList;
import java.util.List;

/** Text from elsewhere, made fit for a terminal. */
public final class TerminalText {

    private TerminalText() {}

    /** Without what would move the cursor, colour the terminal or turn the writing round. */
    public static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> clean.appendCodePoint(harmless(point)));
        return clean.toString().strip();
    }

    private static int harmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> Character.isWhitespace(point) ? ' ' : '?';
            case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> '?';
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            default -> point;
        };
    }

    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 3) + "...";
    }

    /** Broken at blanks; words that are longer than a line are broken too. */
    static List<String> wrap(String text, int width, String indent) {
        List<String> lines = new ArrayList<>();
        String rest = clean(text);
        String lead = "";
        while (lead.length() + rest.length() > width) {
            int room = width - lead.length();
            int blank = rest.lastIndexOf(' ', room);
            int end = blank > room / 2 ? blank : room;
            lines.add(lead + rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
            lead = indent;
        }
        if (!rest.isEmpty()) {
            lines.add(lead + rest);
        }
        return lines;
    }
}
