package io.stampede.history;

import io.stampede.baseline.Fingerprint;
import io.stampede.baseline.StoredRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs in a folder: one folder for each scenario, one file for each run, whose name begins with its time. So two builds at
 * once write different files, a cache or a git branch can keep the folder, and files of several machines can be put
 * together. A file that cannot be read is warned of, passed over and left as it is. May be used by all threads.
 *
 * @since 0.1
 */
public final class History {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}Z-[0-9a-f]{12}-[0-9a-f]{8}\\.json");
    private static final int FINGERPRINT_AT = 21;
    private static final int FINGERPRINT_LENGTH = 12;
    private static final int MAX_NAME = 80;
    private static final int MAX_TRIED = 3;

    /** Of all fingerprints together, as a multiple of what is kept of each. */
    private static final int MAX_FINGERPRINTS = 20;

    private final Path directory;
    private final int keep;
    private final Consumer<String> warnings;

    /**
     * @param directory need not exist
     * @param keep how many runs of each scenario and fingerprint are kept
     * @param warnings takes sentences on what could not be read or written
     */
    public History(Path directory, int keep, Consumer<String> warnings) {
        this.directory = directory;
        this.keep = keep;
        this.warnings = warnings;
    }

    /** The runs of a scenario with a fingerprint, oldest first, at most as many as are kept. */
    public List<StoredRun> runs(String scenario, Fingerprint fingerprint) {
        List<Path> files = files(scenario, name -> fingerprintOf(name).equals(fingerprint.id()));
        List<StoredRun> runs = new ArrayList<>();
        for (Path file : files.subList(Math.max(0, files.size() - keep), files.size())) {
            read(file)
                    .filter(run ->
                            run.scenario().equals(scenario) && run.fingerprint().equals(fingerprint))
                    .ifPresent(runs::add);
        }
        return runs;
    }

    /** The fingerprint of the latest run of a scenario that has another one. */
    public Optional<Fingerprint> latestOther(String scenario, Fingerprint fingerprint) {
        List<Path> files = files(scenario, name -> !fingerprintOf(name).equals(fingerprint.id()));
        for (int i = files.size() - 1; i >= Math.max(0, files.size() - MAX_TRIED); i--) {
            Optional<StoredRun> run =
                    read(files.get(i)).filter(one -> one.scenario().equals(scenario));
            if (run.isPresent()) {
                return run.map(StoredRun::fingerprint);
            }
        }
        return Optional.empty();
    }

    /** Keeps a run, whole or not at all, and lets go of the oldest where there are too many. */
    public void store(StoredRun run) {
        Path folder = folder(run.scenario());
        String id = run.fingerprint().id();
        String name = TIME.format(run.startedAt()) + "-" + id + "-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()) + ".json";
        try {
            Files.createDirectories(folder);
            Path written = Files.write(folder.resolve(name + ".tmp"), RunFile.bytes(run));
            move(written, folder.resolve(name));
        } catch (IOException e) {
            warnings.accept("The run of " + run.scenario() + " could not be kept in " + folder + ": " + e);
            return;
        }
        prune(files(run.scenario(), file -> fingerprintOf(file).equals(id)), keep);
        prune(files(run.scenario(), file -> true), MAX_FINGERPRINTS * keep);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    /** Deletes the oldest; only what is known to be a run. */
    private void prune(List<Path> files, int most) {
        int surplus = files.size() - most;
        for (Path file : files) {
            if (surplus <= 0) {
                return;
            }
            try {
                if (parse(file).isPresent()) {
                    Files.deleteIfExists(file);
                    surplus--;
                }
            } catch (IOException e) {
                // Somebody else's, or damaged: runs() warns of it.
            }
        }
    }

    private Optional<StoredRun> read(Path file) {
        try {
            return parse(file);
        } catch (IOException e) {
            warnings.accept("A run is passed over, " + file + ": "
                    + (e.getMessage() == null || e.getClass() != IOException.class ? e.toString() : e.getMessage())
                    + ". It is left as it is.");
            return Optional.empty();
        }
    }

    /** Empty where another build has deleted it meanwhile. */
    private static Optional<StoredRun> parse(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(RunFile.MAX_BYTES + 1);
            if (bytes.length > RunFile.MAX_BYTES) {
                throw new IOException("it is longer than " + RunFile.MAX_BYTES + " bytes");
            }
            return Optional.of(RunFile.parse(bytes));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Files that are named like runs, oldest first. */
    private List<Path> files(String scenario, Predicate<String> wanted) {
        Path folder = folder(scenario);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return NAME.matcher(name).matches() && wanted.test(name);
                    })
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of(); // where it is a file, storing says so
        } catch (IOException | UncheckedIOException e) {
            warnings.accept("The history in " + folder + " cannot be read: " + e);
            return List.of();
        }
    }

    private static String fingerprintOf(String name) {
        return name.substring(FINGERPRINT_AT, FINGERPRINT_AT + FINGERPRINT_LENGTH);
    }

    private Path folder(String scenario) {
        return directory.resolve(folderName(scenario));
    }

    /** A name that every file system takes; differs where the scenarios' names differ. */
    static String folderName(String scenario) {
        String safe = scenario.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+", "");
        if (safe.length() > MAX_NAME) {
            safe = safe.substring(0, MAX_NAME);
        }
        return safe.equals(scenario) ? safe : safe + "-" + Integer.toHexString(scenario.hashCode());
    }
}
