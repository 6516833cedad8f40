package io.stampede.report.text;

import java.io.PrintStream;
import java.util.function.Supplier;

/** What is said to whoever started the build. May be used by all threads. */
public final class Console {

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

    /** An error of reporting, with its cause: it never fails a test, so it must be seen here. */
    public void error(String what, Throwable cause) {
        PrintStream stream = err.get();
        stream.println("Stampede report: " + what + ": " + cause);
        cause.printStackTrace(stream);
        stream.flush();
    }
}
