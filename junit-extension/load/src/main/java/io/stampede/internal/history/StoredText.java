package io.stampede.internal.history;

import io.stampede.internal.baseline.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Texts as files of runs hold them: one line without control characters, and short, because they come to the console and
 * into reports again, and files may come from elsewhere. Stateless; may be used by all threads.
 *
 * @since 0.1
 */
public final class StoredText {

    /** In UTF-16 code units. */
    public static final int MAX_LENGTH = 200;

    private static final String CUT = "... ";
    private static final int HASH_LENGTH = 12;

    private StoredText() {}

    /** Whether {@link #of(String)} leaves it as it is. */
    static boolean is(String text) {
        return text.length() <= MAX_LENGTH && text.codePoints().allMatch(StoredText::isPlain);
    }

    /** The text itself where it is plain; else what is plain of it, and a hash, so that it differs where texts do. */
    public static String of(String text) {
        if (is(text)) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        int most = MAX_LENGTH - CUT.length() - HASH_LENGTH;
        for (int i = 0; i < text.length() && plain.length() < most - 1; ) { // a code point may take two
            int point = text.codePointAt(i);
            plain.appendCodePoint(isPlain(point) ? point : '?');
            i += Character.charCount(point);
        }
        String hash =
                UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
        return plain + CUT + hash.substring(hash.length() - HASH_LENGTH);
    }

    /** The fingerprint with its names and values plain, so that it is the same after it was written and read. */
    public static Fingerprint of(Fingerprint fingerprint) {
        Map<String, String> parts = new TreeMap<>();
        fingerprint.parts().forEach((name, value) -> parts.put(of(name), of(value)));
        return new Fingerprint(parts);
    }

    private static boolean isPlain(int point) {
        int type = Character.getType(point);
        return !Character.isISOControl(point)
                && type != Character.SURROGATE // half of a character, which no file can hold
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
