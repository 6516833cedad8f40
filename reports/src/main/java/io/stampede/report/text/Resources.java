package io.stampede.report.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Text files that are part of a jar. */
public final class Resources {

    /** The part of a style sheet that all pages of a run share. */
    public static final String PAGE_CSS = text(Resources.class, "page.css");

    private Resources() {}

    /** @param name relative to the package of the class, or absolute with a slash before it */
    public static String text(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, () -> name + " is not on the class path")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
