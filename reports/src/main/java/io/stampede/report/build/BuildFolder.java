package io.stampede.report.build;

import io.stampede.internal.format.AtomicFiles;
import io.stampede.internal.format.FileNames;
import io.stampede.report.text.Console;
import io.stampede.report.text.Directories;
import io.stampede.report.text.FileGuard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The report directory of a build, to which each of its JVMs adds. The first JVM of a build removes what the build before
 * left, unless that one is still running. May be used by all threads.
 */
public final class BuildFolder {

    private static final String STATE = "build.json";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Making a report takes seconds, and each JVM of a build may wait for several others. */
    private static final Duration REPORT_PATIENCE = Duration.ofMinutes(5);

    private final Path directory;
    private final Build build;
    private final Console console;
    private Jvm own = Jvm.here();
    private boolean told;

    /**
     * @param directory of all reports
     * @param build that this JVM is part of
     */
    public BuildFolder(Path directory, Build build, Console console) {
        this.directory = directory;
        this.build = build;
        this.console = console;
    }

    /** What a build removes of the one before. */
    public interface Remains {
        /** Results of all tests; called as the build begins. */
        void removeResults() throws IOException;

        /** What is of load tests alone; called as the first load test of the build is known of. */
        void removeLoadTests() throws IOException;
    }

    /**
     * A test plan of this JVM begins.
     *
     * @param classes whose tests are in it
     * @param loadTests whether load tests are among them
     */
    public synchronized void enter(Set<String> classes, boolean loadTests, Remains remains) throws IOException {
        own = own.with(classes);
        locked(before -> joined(before, loadTests, remains));
    }

    /** This JVM is part of the build, which begins with it if the state is of another one. */
    private BuildState joined(BuildState before, boolean loadTests, Remains remains) throws IOException {
        Predicate<Jvm> alive = jvm -> jvm.runsBeside(own);
        Instant now = Instant.now();
        tellOf(before.running(build, alive));
        BuildState state = before;
        if (!before.includes(build, own, alive, now)) {
            remains.removeResults();
            state = BuildState.begun(build);
        }
        if (loadTests && state.older()) {
            remains.removeLoadTests();
            state = state.withLoadTests();
        }
        return state.with(build, own, now);
    }

    private void tellOf(@Nullable Jvm running) {
        if (running != null && !told) {
            told = true;
            console.note("another build, process " + running.pid() + ", is still writing to " + directory
                    + "; what this one shows is added to it");
        }
    }

    /**
     * A name for the directory of a load test, which no other of this build has in any letter case.
     *
     * @param name of the load test
     * @param test that it is part of, as {@code package.Outer$Inner#method}; null if it is not known
     */
    public synchronized String claim(String name, @Nullable String test, Remains remains) throws IOException {
        String owner = (test == null ? "" : test) + " " + name;
        String[] claimed = new String[1];
        locked(before -> {
            BuildState state = joined(before, true, remains);
            claimed[0] = free(state, name, test, owner);
            return state.withOwner(claimed[0].toLowerCase(Locale.ROOT), owner);
        });
        return claimed[0];
    }

    /** The load test's own name; with its package if another has it already; numbered if it ran before. */
    private static String free(BuildState state, String name, @Nullable String test, String owner) {
        List<String> candidates = new ArrayList<>();
        candidates.add(FileNames.of(name));
        int end = test == null
                ? -1
                : test.substring(0, Math.max(0, test.indexOf('#'))).lastIndexOf('.');
        if (test != null && end > 0) {
            candidates.add(FileNames.of(test.substring(0, end) + "." + name));
        }
        candidates.add(FileNames.distinct(owner.strip()));
        for (String candidate : candidates) {
            String before = state.owners().get(candidate.toLowerCase(Locale.ROOT));
            if (before == null) {
                return candidate;
            }
            if (before.equals(owner)) {
                return numbered(state, candidate);
            }
        }
        return numbered(state, candidates.get(candidates.size() - 1));
    }

    private static String numbered(BuildState state, String name) {
        int number = 2;
        while (state.directories().contains((name + "-" + number).toLowerCase(Locale.ROOT))) {
            number++;
        }
        return name + "-" + number;
    }

    /**
     * Whether there are load tests in this build, of this JVM or another.
     *
     * @return false also if it cannot be known
     */
    public boolean hasLoadTests() {
        try {
            return !BuildJson.read(directory.resolve(STATE)).parts().isEmpty();
        } catch (IOException | RuntimeException e) {
            return false; // whoever writes the file says what is wrong with it
        }
    }

    /** What is done with the parts of all JVMs, while no other JVM does the same. */
    public interface Report {
        /**
         * @param parts of all JVMs of the build, this one's among them
         * @param first whether it is the first report of the build
         */
        void of(List<Object> parts, boolean first) throws IOException;
    }

    /**
     * Makes a report of the whole build.
     *
     * @param part of this JVM; null if it adds nothing
     */
    public synchronized void report(@Nullable Object part, Report report) throws IOException {
        FileGuard.holding(directory.resolve("report.lock"), REPORT_PATIENCE, () -> {
            BuildState state = locked(before -> {
                BuildState now = before.with(build, own, Instant.now());
                return part == null ? now : now.withPart(own, part);
            });
            report.of(List.copyOf(state.parts().values()), !state.shown());
            return locked(BuildState::asShown);
        });
    }

    private interface Change {
        BuildState of(BuildState before) throws IOException;
    }

    private BuildState locked(Change change) throws IOException {
        return FileGuard.holding(directory.resolve("build.lock"), PATIENCE, () -> {
            Path file = directory.resolve(STATE);
            BuildState changed = change.of(readOrNone(file));
            AtomicFiles.write(file, BuildJson.write(changed).getBytes(StandardCharsets.UTF_8));
            return changed;
        });
    }

    private BuildState readOrNone(Path file) throws IOException {
        try {
            return BuildJson.read(file);
        } catch (IllegalArgumentException e) {
            console.error(file + " is not as Stampede writes it, so a new build begins", e);
            return BuildState.NONE;
        }
    }

    /** Removes directories and files that a build before has left. */
    public static void remove(Path... remains) throws IOException {
        for (Path one : remains) {
            if (Files.isDirectory(one)) {
                Directories.delete(one);
            } else {
                Files.deleteIfExists(one);
            }
        }
    }
}
