package io.stampede.report.text;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets one JVM at a time do something. The lock of a JVM that is killed is free at once. */
public final class FileGuard {

    private static final long RETRY_MILLIS = 20;

    /** What is done meanwhile. */
    public interface Work<T> {
        T run() throws IOException;
    }

    private FileGuard() {}

    /** @throws IOException also if another holds the file for longer than {@code patience} */
    public static <T> T holding(Path file, Duration patience, Work<T> work) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel, file, patience)) {
            T done = work.run();
            if (!lock.isValid()) {
                throw new IOException("the lock on " + file + " was lost");
            }
            return done;
        }
    }

    private static FileLock lock(FileChannel channel, Path file, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            FileLock lock = tried(channel);
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(
                        file + " has been held by another process for " + patience.toSeconds() + " seconds");
            }
            try {
                Thread.sleep(RETRY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while another process held " + file, e);
            }
        }
    }

    private static @Nullable FileLock tried(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held in this JVM, by another thread or class loader
        }
    }
}
