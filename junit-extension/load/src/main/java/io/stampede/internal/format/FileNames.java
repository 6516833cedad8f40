package io.stampede.internal.format;

/**
 * File names made of names that may contain anything.
 *
 * @since 0.1
 */
public final class FileNames {

    private static final int MAX = 80;

    private FileNames() {}

    /**
     * A name that every file system accepts, of at most 89 characters. Different names give different file names: one
     * that had to change has a hash of the original appended.
     */
    public static String of(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+", "");
        if (safe.length() > MAX) {
            safe = safe.substring(0, MAX);
        }
        return safe.equals(name) ? safe : safe + "-" + Integer.toHexString(name.hashCode());
    }
}
