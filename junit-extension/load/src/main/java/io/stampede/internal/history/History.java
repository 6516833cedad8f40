package io.stampede.internal.history;

import io.stampede.baseline.Standing;
import io.stampede.internal.baseline.Fingerprint;
import io.stampede.internal.baseline.Retention;
import io.stampede.internal.baseline.StoredRun;
import io.stampede.internal.format.AtomicFiles;
import io.stampede.internal.format.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
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
 * together. A file that cannot be read is warned of, passed over and left as it is; so are links and whatever else is no
 * regular file. May be used by all threads.
 *
 * @since 0.1
 */
public final class History {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}Z-[0-9a-f]{12}-[0-9a-f]{8}\\.json");
    private static final String TEMPORARY = ".tmp";

    /** No build takes so long to write a file. */
    private static final Duration LEFT_OVER = Duration.ofDays(1);

    private static final int FINGERPRINT_AT = 21;
    private static final int FINGERPRINT_LENGTH = 12;
    private static final int MAX_TRIED = 3;

    /** Of all fingerprints together, as a multiple of what is kept of each. */
    private static final int MAX_FINGERPRINTS = 20;

    private final Path directory;
    private final int keep;
    private final Consumer<String> warnings;

    /**
     * @param directory need not exist
     * @param keep how many runs of each scenario and fingerprint are kept that can be a baseline, at least 5
     * @param warnings takes sentences on what could not be read or written
     */
    public History(Path directory, int keep, Consumer<String> warnings) {
        this.directory = directory;
        this.keep = keep;
        this.warnings = warnings;
    }

    /**
     * The runs of a scenario with a fingerprint, oldest first: the last that can be a baseline, as many as are kept, and
     * beside them a few of those that cannot. Without their histograms, which no comparison needs: their times are empty.
     */
    public List<StoredRun> runs(String scenario, Fingerprint fingerprint) {
        return runs(scenario, List.of(), fingerprint);
    }

    /**
     * As {@link #runs(String, Fingerprint)}, with runs of a scenario that was called otherwise.
     *
     * @param formerly other names that it had; the fingerprint tells it from others that had them too
     */
    public List<StoredRun> runs(String scenario, List<String> formerly, Fingerprint fingerprint) {
        List<StoredRun> runs = new ArrayList<>();
        addRuns(scenario, scenario, fingerprint, runs);
        formerly.forEach(former -> addRuns(former, scenario, fingerprint, runs));
        runs.sort(Comparator.comparing(StoredRun::startedAt));
        List<Standing> roles = runs.stream().map(Retention::role).toList();
        return Retention.staying(roles, keep).stream().mapToObj(runs::get).toList();
    }

    private void addRuns(String named, String scenario, Fingerprint fingerprint, List<StoredRun> runs) {
        for (Path file : files(named, name -> fingerprintOf(name).equals(fingerprint.id()))) {
            read(file)
                    .filter(run -> isOf(run, named, fingerprint))
                    .map(run -> asGiven(run, scenario, fingerprint))
                    .ifPresent(runs::add);
        }
    }

    /** The fingerprint of the latest run of a scenario that has another one. */
    public Optional<Fingerprint> latestOther(String scenario, Fingerprint fingerprint) {
        List<Path> files = files(scenario, name -> !fingerprintOf(name).equals(fingerprint.id()));
        for (int i = files.size() - 1; i >= Math.max(0, files.size() - MAX_TRIED); i--) {
            Optional<StoredRun> run = read(files.get(i)).filter(one -> isOf(one, scenario));
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
        Path place = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            AtomicFiles.write(folder.resolve(name + TEMPORARY), place, readable(run));
        } catch (IOException e) {
            warnings.accept("The run of " + run.scenario() + " could not be kept in " + folder + ": " + reason(e));
            return;
        }
        dropLeftOvers(folder, place);
        pruneOwn(run.scenario(), run.fingerprint());
        pruneOthers(run.scenario(), id);
    }

    private static boolean isOf(StoredRun run, String scenario) {
        return run.scenario().equals(StoredText.of(scenario));
    }

    private static boolean isOf(StoredRun run, String scenario, Fingerprint fingerprint) {
        return isOf(run, scenario) && run.fingerprint().equals(StoredText.of(fingerprint));
    }

    /** With the one fingerprint that all share, and the scenario's name as it is. */
    private static StoredRun asGiven(StoredRun run, String scenario, Fingerprint fingerprint) {
        return run.named(scenario, fingerprint);
    }

    /** What is written is what can be read: of a run that is too much for that, the user hears at once. */
    private static byte[] readable(StoredRun run) throws IOException {
        byte[] bytes = RunFile.bytes(run);
        RunFile.parse(bytes);
        return bytes;
    }

    /** What builds left that were killed while they wrote; not what others are writing now. */
    private static void dropLeftOvers(Path folder, Path justWritten) {
        try (Stream<Path> files = Files.list(folder)) {
            // By the clock of the file system, which may be another machine's.
            Instant old = attributes(justWritten).lastModifiedTime().toInstant().minus(LEFT_OVER);
            for (Path file : files.filter(History::isTemporary).toList()) {
                BasicFileAttributes left = attributes(file);
                if (left.isRegularFile() && left.lastModifiedTime().toInstant().isBefore(old)) {
                    delete(file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // Another build was faster, or it is tried again when the next run is stored.
        }
    }

    private static boolean isTemporary(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(TEMPORARY)
                && NAME.matcher(name.substring(0, name.length() - TEMPORARY.length()))
                        .matches();
    }

    /** Only what is known to be a run of the test: others may share its folder. */
    private void pruneOwn(String scenario, Fingerprint fingerprint) {
        List<Path> files = new ArrayList<>();
        List<Standing> roles = new ArrayList<>();
        for (Path file : files(scenario, name -> fingerprintOf(name).equals(fingerprint.id()))) {
            known(file, scenario)
                    .filter(run -> isOf(run, scenario, fingerprint))
                    .ifPresent(run -> {
                        files.add(file);
                        roles.add(Retention.role(run));
                    });
        }
        BitSet staying = Retention.staying(roles, keep);
        for (int i = 0; i < files.size(); i++) {
            if (!staying.get(i)) {
                delete(files.get(i));
            }
        }
    }

    /** The oldest; not those with the fingerprint of the run that was stored, which would push out its own baseline. */
    private void pruneOthers(String scenario, String id) {
        int most = MAX_FINGERPRINTS * keep;
        List<Path> files = files(scenario, name -> !fingerprintOf(name).equals(id));
        if (files.size() <= most) {
            return;
        }
        List<Path> runs =
                files.stream().filter(file -> known(file, scenario).isPresent()).toList();
        runs.subList(0, Math.max(0, runs.size() - most)).forEach(History::delete);
    }

    /** Empty where it is somebody else's, or damaged: runs() warns of it. */
    private static Optional<StoredRun> known(Path file, String scenario) {
        try {
            return parse(file).filter(run -> isOf(run, scenario));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It is tried again when the next run is stored.
        }
    }

    private Optional<StoredRun> read(Path file) {
        try {
            return parse(file);
        } catch (IOException e) {
            warnings.accept("A run is passed over, " + file + ": " + reason(e) + ". It is left as it is.");
            return Optional.empty();
        }
    }

    /** Plain where it may quote the file. */
    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null || e.getClass() != IOException.class ? e.toString() : StoredText.of(message);
    }

    /** Empty where another build has deleted it meanwhile. */
    private static Optional<StoredRun> parse(Path file) throws IOException {
        try (InputStream content = open(file)) {
            return Optional.of(RunFile.parse(content.readNBytes(RunFile.MAX_BYTES + 1)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    // A pipe would be waited on for good, and a link may lead anywhere.
    private static InputStream open(Path file) throws IOException {
        if (!attributes(file).isRegularFile()) {
            throw new IOException("it is no regular file");
        }
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Files that are named like runs, oldest first. */
    private List<Path> files(String scenario, Predicate<String> wanted) {
        return FileNames.allOf(scenario).stream()
                .flatMap(folder -> files(directory.resolve(folder), wanted).stream())
                .sorted(Comparator.comparing(Path::getFileName))
                .toList();
    }

    private List<Path> files(Path folder, Predicate<String> wanted) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return NAME.matcher(name).matches() && wanted.test(name);
                    })
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
        return directory.resolve(FileNames.of(scenario));
    }
}
