package io.stampede.internal.recorder;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An exception's message, taken apart into what stays the same between failures of one cause and what may differ.
 *
 * @param text all of it
 * @param form its first characters, with {@link #GAP} in the place of each part that may differ
 * @param parts what the gaps stand for
 */
record Message(String text, String form, List<String> parts) {

    /** Longer forms are cut. */
    static final int MAX_FORM = 300;

    /** Occurs in no form but as a gap. */
    static final char GAP = '\0';

    /** UUIDs, hexadecimal numbers of eight digits or more, and numbers. */
    private static final Pattern VARIABLE = Pattern.compile("\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b"
            + "|\\b0x[0-9a-fA-F]+\\b|\\b(?=[a-fA-F]*[0-9])[0-9a-fA-F]{8,}\\b|\\d+(?:[.,]\\d+)*");

    static Message of(String text) {
        String clean = text.replace(GAP, ' ');
        StringBuilder form = new StringBuilder();
        List<String> parts = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(clean);
        int at = 0;
        while (form.length() < MAX_FORM && matcher.find()) {
            form.append(clean, at, matcher.start());
            if (form.length() < MAX_FORM) {
                form.append(GAP);
                parts.add(matcher.group());
            }
            at = matcher.end();
        }
        if (form.length() < MAX_FORM) {
            form.append(clean, at, Math.min(clean.length(), at + MAX_FORM));
        }
        return new Message(clean, Thrown.cut(form.toString(), MAX_FORM), parts);
    }
}
