package io.stampede.internal.recorder;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;

/**
 * Reads exceptions. They are code of the user's, which may fail itself or be of any size: what is read is bounded, and
 * nothing is thrown.
 */
final class Thrown {

    /** What a text that was cut ends with. */
    static final String CUT = "...";

    private static final int MAX_MESSAGE = 1_000;
    private static final int MAX_TRACE = 16_000;

    /** Whoever throws on behalf of a test's own code, or calls it. */
    private static final List<String> NOT_OF_TESTS = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "kotlin.",
            "org.junit.",
            "org.opentest4j.",
            "org.assertj.",
            "org.hamcrest.",
            "org.mockito.",
            "io.stampede.internal.engine.",
            "io.stampede.junit.MethodOperation",
            "io.stampede.operation.");

    private Thrown() {}

    /** Empty if there is none. */
    static String message(Throwable failure) {
        try {
            String message = failure.getMessage();
            return message == null ? "" : cut(message, MAX_MESSAGE);
        } catch (RuntimeException | Error e) {
            return "(its message could not be read: " + e.getClass().getName() + ")";
        }
    }

    static String trace(Throwable failure) {
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

    /** The line of the user's, or of a library, that threw it or called what did; empty if that is not known. */
    static String place(Throwable failure) {
        StackTraceElement[] frames = frames(failure);
        for (StackTraceElement frame : frames) {
            if (mayBeOfTest(frame)) {
                return shown(frame);
            }
        }
        return frames.length == 0 ? "" : shown(frames[0]);
    }

    static StackTraceElement[] frames(Throwable failure) {
        try {
            StackTraceElement[] frames = failure.getStackTrace();
            return frames == null || Arrays.asList(frames).contains(null) ? new StackTraceElement[0] : frames;
        } catch (RuntimeException | Error e) {
            return new StackTraceElement[0];
        }
    }

    static boolean mayBeOfTest(StackTraceElement frame) {
        return NOT_OF_TESTS.stream().noneMatch(frame.getClassName()::startsWith);
    }

    private static String shown(StackTraceElement frame) {
        String file = frame.getFileName();
        return cut(
                frame.getClassName() + "." + frame.getMethodName()
                        + (file == null ? "" : "(" + file + ":" + frame.getLineNumber() + ")"),
                300);
    }

    static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + CUT;
    }
}
