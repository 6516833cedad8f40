package io.stampede.internal.format;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * File names made of names that may contain anything.
 *
 * @since 0.1
 */
public final class FileNames {

    /** File systems end at 255; whoever appends a number or an ending has room for it. */
    private static final int MAX_BYTES = 200;

    private static final int MAX_LENGTH = 80;
    private static final int HASH_LENGTH = 10;

    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}._-]+");
    private static final Pattern ASCII_OTHERS = Pattern.compile("[^A-Za-z0-9._-]+");

    /** A file system leaves them out or hides the file, and a mark alone has no letter to stand on. */
    private static final Pattern FIRST = Pattern.compile("^[.\\p{M}-]+");

    private static final Pattern LAST = Pattern.compile("[.]+$");

    /** Devices of Windows, whatever follows the first dot. */
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(?:con|prn|aux|nul|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?:\\..*)?");

    private FileNames() {}

    /**
     * A name that every file system accepts, of at most 211 bytes in UTF-8. Letters of any script stay, if the file system
     * of this process can write them. Different names give different file names: one that had to change has a hash of the
     * original appended. Names that differ in letter case only give file names that do so too, which some file systems
     * take for the same.
     */
    public static String of(String name) {
        return of(name, FileNames::canBeWritten);
    }

    static String of(String name, Predicate<String> writable) {
        String safe = safe(Normalizer.normalize(name, Normalizer.Form.NFC), OTHERS);
        if (!writable.test(safe)) {
            safe = safe(safe, ASCII_OTHERS);
        }
        return safe.equals(name) ? safe : safe + "-" + hash(name);
    }

    /** A file name that no other name has, in any letter case. */
    public static String distinct(String name) {
        String plain = of(name);
        return plain.endsWith("-" + hash(name)) ? plain : plain + "-" + hash(name);
    }

    /**
     * The file names that a name can have: of this process first, then of one whose file system can write other letters, and
     * of versions before this one.
     */
    public static Set<String> allOf(String name) {
        Set<String> all = new LinkedHashSet<>();
        for (String one : List.of(of(name), of(name, any -> true), of(name, any -> false), former(name))) {
            if (canBeWritten(one)) {
                all.add(one);
            }
        }
        return all;
    }

    private static String safe(String name, Pattern others) {
        String safe = others.matcher(name).replaceAll("-");
        safe = cut(FIRST.matcher(safe).replaceAll(""));
        safe = LAST.matcher(safe).replaceAll("");
        return DEVICE.matcher(safe).matches() ? "_" + safe : safe;
    }

    private static String cut(String name) {
        StringBuilder cut = new StringBuilder();
        int bytes = 0;
        for (int i = 0; i < name.length(); ) {
            String character = Character.toString(name.codePointAt(i));
            bytes += character.getBytes(StandardCharsets.UTF_8).length;
            if (cut.length() + character.length() > MAX_LENGTH || bytes > MAX_BYTES) {
                break;
            }
            cut.append(character);
            i += character.length();
        }
        return cut.toString();
    }

    // A JVM without a locale writes file names in ASCII, and refuses paths with other letters.
    private static boolean canBeWritten(String name) {
        try {
            return Path.of(name).toString().equals(name);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String hash(String name) {
        String hash =
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_16BE)).toString();
        return hash.substring(hash.length() - HASH_LENGTH);
    }

    private static String former(String name) {
        String safe = ASCII_OTHERS.matcher(name).replaceAll("-").replaceAll("^[.-]+", "");
        if (safe.length() > MAX_LENGTH) {
            safe = safe.substring(0, MAX_LENGTH);
        }
        return safe.equals(name) ? safe : safe + "-" + Integer.toHexString(name.hashCode());
    }
}
