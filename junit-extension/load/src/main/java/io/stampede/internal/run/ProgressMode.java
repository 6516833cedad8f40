package io.stampede.internal.run;

import java.io.Console;

/** How progress is shown. */
enum ProgressMode {
    AUTO,
    LIVE,
    PLAIN,
    OFF;

    boolean live() {
        return this == LIVE || (this == AUTO && terminal());
    }

    @SuppressWarnings("SystemConsoleNull") // up to JDK 21 null is the answer, and after it isTerminal is
    private static boolean terminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From JDK 22 on there is a console without a terminal too, and this tells.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
