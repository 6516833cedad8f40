package io.stampede.internal.format;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Files that are written whole or not at all: whoever reads one meanwhile sees the old content or the new.
 *
 * @since 0.1
 */
public final class AtomicFiles {

    private AtomicFiles() {}

    /** Writes a file, or replaces the one that is there. */
    public static void write(Path file, byte[] content) throws IOException {
        // Not a temporary file of the JDK, which nobody but its owner could read.
        write(file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp"), file, content);
    }

    /**
     * As {@link #write(Path, byte[])}, with a name for the content until it is complete.
     *
     * @param beside in the directory of {@code file}; gone when this returns or throws
     */
    public static void write(Path beside, Path file, byte[] content) throws IOException {
        try {
            Files.write(beside, content);
            move(beside, file);
        } catch (IOException | RuntimeException e) {
            deleteAfter(e, beside);
            throw e;
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteAfter(Exception failure, Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
