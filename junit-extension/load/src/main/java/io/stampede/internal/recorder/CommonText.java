package io.stampede.internal.recorder;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the messages of a group have in common: their text, with {@code #} for what differs. As long as all are of one form,
 * that is the numbers and identifiers that differ; afterwards it is all between a common beginning and a common end. Not
 * thread-safe.
 */
final class CommonText {

    /** So many characters in common are no coincidence: a message that has them belongs to the group. */
    private static final int MIN_COMMON = 8;

    private static final String ANY = "#";

    private final @Nullable String form;
    private final @Nullable String[] parts; // null where they differ
    private String beginning = "";
    private String end = "";

    private CommonText(@Nullable String form, List<String> parts) {
        this.form = form;
        this.parts = parts.toArray(String[]::new);
    }

    static CommonText of(Message first) {
        return new CommonText(first.form(), first.parts());
    }

    /** Of texts that differ. */
    static CommonText of(List<CommonText> texts) {
        CommonText common = new CommonText(null, List.of());
        common.beginning = texts.get(0).beginning();
        common.end = texts.get(0).end();
        for (CommonText text : texts.subList(1, texts.size())) {
            common.narrow(text.beginning(), text.end());
        }
        return common;
    }

    void add(Message message) {
        if (form == null) {
            if (!fits(message.text())) {
                narrow(message.text(), message.text());
            }
            return;
        }
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] != null && !parts[i].equals(message.parts().get(i))) {
                parts[i] = null;
            }
        }
    }

    /** Whether a message of another form surely belongs here. */
    boolean covers(Message message) {
        return form == null && beginning.length() + end.length() >= MIN_COMMON && fits(message.text());
    }

    private boolean fits(String text) {
        return text.length() >= beginning.length() + end.length() && text.startsWith(beginning) && text.endsWith(end);
    }

    private void narrow(String otherBeginning, String otherEnd) {
        int shortest = Math.min(whole(beginning, end), whole(otherBeginning, otherEnd));
        beginning = commonBeginning(beginning, otherBeginning);
        end = commonEnd(end, otherEnd);
        // Of "a b" and "a b a b", nothing may count as both.
        int twice = beginning.length() + end.length() - shortest;
        if (twice > 0) {
            end = end.substring(twice);
        }
    }

    /** How long a text is that is its own beginning and end; no limit if it is not. */
    private static int whole(String beginning, String end) {
        return beginning.equals(end) ? beginning.length() : Integer.MAX_VALUE;
    }

    private String beginning() {
        if (form == null) {
            return beginning;
        }
        String shown = shown();
        int any = shown.indexOf(ANY);
        return any < 0 ? shown : shown.substring(0, any);
    }

    private String end() {
        if (form == null) {
            return end;
        }
        String shown = shown();
        return shown.endsWith(Thrown.CUT) ? "" : shown.substring(shown.lastIndexOf(ANY) + 1);
    }

    private static String commonBeginning(String one, String other) {
        int n = 0;
        while (n < Math.min(one.length(), other.length()) && one.charAt(n) == other.charAt(n)) {
            n++;
        }
        while (n > 0 && (inWord(one, n) || inWord(other, n))) {
            n--;
        }
        return one.substring(0, n);
    }

    private static String commonEnd(String one, String other) {
        int n = 0;
        int most = Math.min(one.length(), other.length());
        while (n < most && one.charAt(one.length() - 1 - n) == other.charAt(other.length() - 1 - n)) {
            n++;
        }
        while (n > 0 && (inWord(one, one.length() - n) || inWord(other, other.length() - n))) {
            n--;
        }
        return one.substring(one.length() - n);
    }

    /** Whether a cut at this place would part a word, or the halves of a character. */
    private static boolean inWord(String text, int at) {
        return at > 0
                && at < text.length()
                && (Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at))
                        || (Character.isLetterOrDigit(text.charAt(at - 1))
                                && Character.isLetterOrDigit(text.charAt(at))));
    }

    /** As people read it. */
    String shown() {
        if (form == null) {
            return Thrown.cut(beginning, Message.MAX_FORM)
                    + ANY
                    + end.substring(Math.max(0, end.length() - Message.MAX_FORM));
        }
        StringBuilder text = new StringBuilder();
        int part = 0;
        for (int i = 0; i < form.length(); i++) {
            if (form.charAt(i) == Message.GAP) {
                @Nullable String same = parts[part++];
                text.append(same == null ? ANY : same);
            } else {
                text.append(form.charAt(i));
            }
        }
        return text.toString();
    }
}
