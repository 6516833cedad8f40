package io.stampede.report.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
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

    /** Whether there is a file behind a link that {@link #relative} has made. */
    public static boolean leadsSomewhere(Path directory, String link) {
        try {
            URI file = directory.toAbsolutePath().toUri().resolve(link);
            return Files.exists(Path.of(file));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return false;
        }
    }

    private static String encoded(String name) {
        try {
            return new URI(null, null, "/" + name, null).toASCIIString().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("\"" + name + "\" cannot be part of a link", e);
        }
    }
}
