package io.stampede.report.text;

import java.io.PrintStream;

/** What is said to whoever started the build. */
public final class Console {

    private Console() {}

    public static void print(String line) {
        PrintStream out = System.out;
        out.println(line);
        out.flush();
    }

    /** What is no error, and yet not as one might expect. */
    public static void note(String what) {
        print("Stampede report: " + what);
    }

    /** Reporting never fails a test, so its errors are said here, and the cause is named. */
    public static void error(String what, Throwable cause) {
        PrintStream err = System.err;
        err.println("Stampede report: " + what + ": " + cause);
        cause.printStackTrace(err);
        err.flush();
    }
}
