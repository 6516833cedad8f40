package io.stampede.junit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arguments of an invocation as JUnit displays them, without what differs from one build to the next. Pure; may be used
 * by all threads.
 */
final class ArgumentText {

    private static final int MAX_LENGTH = 100;
    private static final int HASH_LENGTH = 8;

    /** That of JUnit before the arguments: those of other invocations change it. */
    private static final Pattern INDEX = Pattern.compile("^\\[\\d+]\\s*");

    /** JUnit 5 writes {@code size=5, name=tea}, and JUnit 6 {@code size = 5, name = "tea"}. */
    private static final Pattern EQUALS = Pattern.compile("\\s*=\\s*");

    private static final Pattern QUOTES = Pattern.compile("\"|(?<!\\w)'(?=.'(?!\\w))|(?<=(?<!\\w)'.)'(?!\\w)");

    private static final Pattern PACKAGES = Pattern.compile("(?:\\w+[.$])+(?=\\w+@[0-9a-f]{1,8}\\b)");

    /** What is known to be another in each run, and how much of it stays. */
    private static final List<Pattern> UNSTABLE = List.of(
            // below the directory for temporary files; first, since such a path may contain what the others look for
            Pattern.compile("(?:file:/*)?" + Pattern.quote(temporary()) + "[^\\s,;\"'\\])}]*"),
            // Object.toString(), of lambdas and arrays too
            Pattern.compile("(?<=[\\w\\])>;])(?:\\$\\$Lambda[^@\\s,]*)?@[0-9a-f]{1,8}\\b"),
            // where something on this machine listens
            Pattern.compile("(?<=(?:localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|0\\.0\\.0\\.0|::1]|/):)\\d{2,5}\\b"),
            Pattern.compile("(?i)(?<=port=)\\d{2,5}\\b"),
            // random identifiers, and points in time
            Pattern.compile("\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b"),
            Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d+)?)?(?:Z|[+-]\\d\\d:?\\d\\d)?"));

    private ArgumentText() {}

    /**
     * {@return a text that is the same in each build, as far as it can be known}
     *
     * @param display such as {@code [2] size = 5, server = Server@1b2c3d}
     * @param index of the invocation, from 1; it takes the place of what differs
     */
    static String stable(String display, int index) {
        String text = INDEX.matcher(display.strip()).replaceFirst("");
        text = EQUALS.matcher(text).replaceAll("=");
        text = QUOTES.matcher(text).replaceAll("");
        text = PACKAGES.matcher(text).replaceAll("");
        for (Pattern unstable : UNSTABLE) {
            text = unstable.matcher(text).replaceAll(Matcher.quoteReplacement("#" + index));
        }
        text = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return text.isEmpty() ? "#" + index : cut(text);
    }

    private static String temporary() {
        return Path.of(System.getProperty("java.io.tmpdir", "/tmp"))
                .toAbsolutePath()
                .normalize()
                .toString();
    }

    private static String cut(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = text.offsetByCodePoints(0, text.codePointCount(0, MAX_LENGTH - HASH_LENGTH - 4) - 1);
        String hash =
                UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
        return text.substring(0, end) + "... " + hash.substring(0, HASH_LENGTH);
    }
}
