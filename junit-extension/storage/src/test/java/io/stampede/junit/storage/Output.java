package io.stampede.junit.storage;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** What was printed meanwhile. */
final class Output {
    private Output() {}

    // Standard output is what is tested.
    @SuppressWarnings("SystemOut")
    static <T> T captured(StringBuilder to, Supplier<T> action) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            return action.get();
        } finally {
            System.setOut(before);
            to.append(bytes.toString(StandardCharsets.UTF_8));
        }
    }
}
