package io.stampede.targets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The table that holds where the user gives none. It is Markdown like any other.
 *
 * @since 0.1
 */
public final class BuiltInTargets {

    private static final String RESOURCE = "built-in-targets.md";
    private static final Targets TARGETS = read();

    private BuiltInTargets() {}

    /** The table, before it is made {@link TargetRows#applicable applicable} to a test. */
    public static Targets get() {
        return TARGETS;
    }

    private static Targets read() {
        try (InputStream in = BuiltInTargets.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing beside " + BuiltInTargets.class.getName());
            }
            return MarkdownTargets.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "built-in targets");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
