package io.stampede.report.text;

import java.io.IOException;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** What is said to whoever started the build. May be used by all threads. */
public final class Console {

    private static final int MAX_LINE = 500;
    private static final int MAX_TRACES = 20;
    private static final int MAX_CAUSES = 20;

    private final Set<String> shown = new HashSet<>();
    private final Supplier<PrintStream> out;
    private final Supplier<PrintStream> err;

    private Console(Supplier<PrintStream> out, Supplier<PrintStream> err) {
        this.out = out;
        this.err = err;
    }

    /** The streams of this process, whatever they are at the time. */
    public static Console ofProcess() {
        return new Console(() -> System.out, () -> System.err);
    }

    /** One that prints everything to the same stream. */
    public static Console to(PrintStream stream) {
        return new Console(() -> stream, () -> stream);
    }

    public void print(String line) {
        PrintStream stream = out.get();
        stream.println(line);
        stream.flush();
    }

    /** Something that is not an error, but may surprise. */
    public void note(String what) {
        print("Stampede report: " + what);
    }

    /**
     * An error of reporting, with its cause: it never fails a test, so it must be seen here. It is one line; a stack trace
     * follows the first error of its sort.
     */
    public void error(String what, Throwable cause) {
        PrintStream stream = err.get();
        stream.println("Stampede report: " + what + ": " + Text.line(cause.toString(), MAX_LINE));
        if (isFirst(sort(cause))) {
            cause.printStackTrace(stream);
        }
        stream.flush();
    }

    private boolean isFirst(String sort) {
        synchronized (shown) {
            return shown.size() < MAX_TRACES && shown.add(sort);
        }
    }

    /** Files that cannot be written fail in many places, and for one reason. */
    private static String sort(Throwable error) {
        Throwable cause = error;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            if (cause instanceof IOException) {
                return "files";
            }
            cause = cause.getCause();
        }
        StackTraceElement[] trace = error.getStackTrace();
        return error.getClass().getName() + (trace.length == 0 ? "" : trace[0]);
    }
}
