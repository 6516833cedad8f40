package io.stampede.report.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Links from one file of a run to another, which hold when all are moved together. */
public final class Links {

    private Links() {}

    /** From a page in {@code directory} to {@code file}; both absolute. In full where no relative one is possible. */
    public static String relative(Path directory, Path file) {
        Path relative;
        try {
            relative = directory.relativize(file);
        } catch (IllegalArgumentException e) { // on different drives
            return file.toUri().toString();
        }
        StringBuilder link = new StringBuilder(".");
        for (Path name : relative) {
            link.append('/').append(encoded(name.toString()));
        }
        return link.toString();
    }

    private static String encoded(String name) {
        try {
            return new URI(null, null, "/" + name, null).toASCIIString().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("\"" + name + "\" cannot be part of a link", e);
        }
    }
}
