package io.stampede.internal.recorder;

import io.stampede.result.FailureGroup;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Failures by cause, of bounded size. May be used by all threads. */
final class FailureLog {

    static final int MAX_GROUPS = 50;
    static final int MAX_SAMPLES = 3;
    private static final int MAX_MESSAGE = 1_000;
    private static final int MAX_TRACE = 16_000;

    /** UUIDs, hexadecimal numbers of eight digits or more, and numbers: what differs between failures of one cause. */
    private static final Pattern VARIABLE = Pattern.compile("\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b"
            + "|\\b0x[0-9a-fA-F]+\\b|\\b(?=[a-fA-F]*[0-9])[0-9a-fA-F]{8,}\\b|\\d+(?:[.,]\\d+)*");

    private final Map<Cause, Group> groups = new LinkedHashMap<>();

    void add(long operation, long atNanos, Throwable failure) {
        String message = cut(message(failure), MAX_MESSAGE);
        Cause cause = new Cause(failure.getClass().getName(), shape(message));
        synchronized (groups) {
            Group group = groups.get(cause);
            if (group == null) {
                if (groups.size() >= MAX_GROUPS) {
                    cause = Cause.OTHER;
                }
                group = groups.computeIfAbsent(cause, key -> new Group());
            }
            group.count++;
            if (group.samples.size() < MAX_SAMPLES) {
                group.samples.add(new FailureGroup.Sample(
                        operation, Duration.ofNanos(Math.max(0, atNanos)), message, trace(failure)));
            }
        }
    }

    List<FailureGroup> groups() {
        synchronized (groups) {
            return groups.entrySet().stream()
                    .map(entry -> new FailureGroup(
                            entry.getKey().type,
                            entry.getKey().shape,
                            entry.getValue().count,
                            entry.getValue().samples))
                    .sorted(Comparator.comparingLong(FailureGroup::count).reversed())
                    .toList();
        }
    }

    static String shape(String message) {
        return cut(VARIABLE.matcher(message).replaceAll("#"), 300);
    }

    // An exception is code of the user's too, which may fail itself; the operation counts all the same.
    private static String message(Throwable failure) {
        try {
            String message = failure.getMessage();
            return message == null ? "" : message;
        } catch (RuntimeException | Error e) {
            return "(its message could not be read: " + e.getClass().getName() + ")";
        }
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        try {
            failure.printStackTrace(new PrintWriter(text));
        } catch (RuntimeException | Error e) {
            text.append("(its stack trace could not be written: ")
                    .append(e.getClass().getName())
                    .append(")");
        }
        return cut(text.toString(), MAX_TRACE);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "...";
    }

    private record Cause(String type, String shape) {
        private static final Cause OTHER = new Cause("(other)", "more than " + MAX_GROUPS + " different causes");
    }

    private static final class Group {
        private long count;
        private final List<FailureGroup.Sample> samples = new ArrayList<>();
    }
}
