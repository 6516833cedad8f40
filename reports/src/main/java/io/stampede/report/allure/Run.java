package io.stampede.report.allure;

import io.stampede.internal.format.FileNames;
import io.stampede.internal.format.Numbers;
import io.stampede.internal.history.Commit;
import io.stampede.report.build.Build;
import io.stampede.report.build.BuildFolder;
import io.stampede.report.export.LoadTestFiles;
import io.stampede.report.live.SharedLivePage;
import io.stampede.report.quiet.OperationCalls;
import io.stampede.report.readiness.EvidenceLog;
import io.stampede.report.text.Console;
import io.stampede.report.text.Links;
import io.stampede.result.LoadResult;
import io.stampede.result.Machine;
import io.stampede.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What all load tests of a JVM share: settings, the live page, what they have shown, and their names, facts and figures.
 * Everything else in these packages is handed it, or a part of it, by constructor. May be used by all threads.
 */
final class Run {

    /**
     * The only static reference. JUnit makes the listener and Stampede the reporters, each with a service loader of its
     * own, and nothing else leads from one to the other.
     */
    private static final AtomicReference<Run> CURRENT =
            new AtomicReference<>(new Run(Commit.of(Path.of(""), System.getenv()), Console.ofProcess()));

    /** Attachments of a test are counted while it runs; those of so many tests ago are over. */
    private static final int MAX_TESTS = 1000;

    private final ReportSettings settings;
    private final Console console;
    private final OperationCalls calls = new OperationCalls();
    private final AllureResults results;
    private final SharedLivePage live;
    private final EvidenceLog evidence;
    private final @Nullable String commit;

    private final Build build;

    private Figures figures = Figures.NONE;
    private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private @Nullable BuildFolder folder;
    private final Map<String, Long> attached = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_TESTS;
        }
    };
    private int plans;
    private boolean begun;
    private boolean fresh;

    /** @param commit that is being built; null if it is not known */
    Run(@Nullable String commit, Console console) {
        this(commit, Build.current(), console);
    }

    Run(@Nullable String commit, Build build, Console console) {
        this.commit = commit;
        this.build = build;
        this.console = console;
        this.settings = new ReportSettings(console);
        this.results = new AllureResults(settings, calls, console);
        this.live = new SharedLivePage(settings::current, console);
        this.evidence = new EvidenceLog(commit);
    }

    /** The run of this JVM. */
    static Run current() {
        return Objects.requireNonNull(CURRENT.get());
    }

    /** Makes another run the current one, and returns the one before. */
    static Run makeCurrent(Run run) {
        return Objects.requireNonNull(CURRENT.getAndSet(run));
    }

    ReportSettings settings() {
        return settings;
    }

    Console console() {
        return console;
    }

    /** Where Allure's results go. */
    AllureResults results() {
        return results;
    }

    /** What operations ask of Allure. */
    OperationCalls calls() {
        return calls;
    }

    SharedLivePage live() {
        return live;
    }

    /** What tests show of readiness. */
    EvidenceLog evidence() {
        return evidence;
    }

    @Nullable
    String commit() {
        return commit;
    }

    /**
     * A test plan begins.
     *
     * @return whether it is the first of this run: one within a test, or one that repeats failures, adds to the run
     */
    synchronized boolean begin() {
        plans++;
        boolean first = !begun;
        begun = true;
        return first;
    }

    /**
     * A test plan ends.
     *
     * @return whether it was not within another and load tests were added since the last time this was true
     */
    synchronized boolean end() {
        plans = Math.max(0, plans - 1);
        boolean report = plans == 0 && fresh;
        fresh = fresh && !report;
        return report;
    }

    /** Whether a plan has begun that is not within another. */
    synchronized boolean outermost() {
        return plans == 1;
    }

    /** Whether every plan that has begun has ended. */
    synchronized boolean isOver() {
        return plans == 0;
    }

    /** The report directory, which is certain once a test plan has begun. */
    synchronized BuildFolder folder() {
        BuildFolder made = folder;
        if (made == null) {
            Build named = settings.build().map(Build::named).orElse(build);
            made = new BuildFolder(settings.directory(), named, console);
            folder = made;
        }
        return made;
    }

    /** What the build before may have left. */
    BuildFolder.Remains remains() {
        Path directory = settings.directory();
        return new BuildFolder.Remains() {
            @Override
            public void removeResults() throws IOException {
                results.clear();
            }

            @Override
            public void removeLoadTests() throws IOException {
                BuildFolder.remove(
                        directory.resolve("load"),
                        directory.resolve("allure-report"),
                        directory.resolve("allurerc.mjs"));
            }
        };
    }

    /**
     * Adds a load test, and gives it a directory of its own for its files.
     *
     * @param test that it is part of; null if that is not known
     */
    synchronized Path add(LoadResult result, Verdict verdict, @Nullable String test) {
        String name = name(result.scenario().name(), test);
        fresh = true;
        figures = figures.plus(new Figures(
                facts(result), Allure3Metric.of(result, verdict, name), Figures.Gate.of(result, verdict, name)));
        Path directory = settings.directory().resolve("load").resolve(name);
        String link = Links.relative(settings.readinessDirectory(), directory.resolve(LoadTestFiles.SUMMARY));
        evidence.add(result, verdict, test, link);
        return directory;
    }

    private String name(String scenario, @Nullable String test) {
        try {
            String claimed = folder().claim(scenario, test, remains());
            names.add(claimed);
            return claimed;
        } catch (IOException | RuntimeException e) {
            if (names.isEmpty()) { // once
                console.error("other JVMs of this build cannot be told of the load tests of this one", e);
            }
        }
        String name = FileNames.of(scenario);
        String unique = name;
        for (int i = 2; !names.add(unique); i++) {
            unique = name + "-" + i;
        }
        return unique;
    }

    private static Map<String, Set<String>> facts(LoadResult result) {
        Map<String, Set<String>> facts = new LinkedHashMap<>();
        result.facts().forEach((key, value) -> facts.put(key, Set.of(value)));
        facts.put("Scale", Set.of(Numbers.scale(result.scenario().scale())));
        facts.put("Seed", Set.of(Long.toString(result.scenario().seed())));
        Machine machine = result.machine();
        facts.put("Java", Set.of(machine.java() + ", " + machine.jvm()));
        facts.put("Operating system", Set.of(machine.os() + ", " + machine.arch()));
        facts.put("Processors", Set.of(Integer.toString(machine.processors())));
        facts.put("Heap", Set.of(machine.memoryBytes() / (1024 * 1024) + " MiB"));
        facts.put("Threads", Set.of(machine.threads()));
        return facts;
    }

    /** Of all load tests of this JVM. */
    synchronized Figures figures() {
        return figures;
    }

    /**
     * Whether so many bytes more still fit into the result of a test; if so, they count as attached.
     *
     * @param test the id that Allure gave it
     * @param most bytes that it may have in all
     */
    synchronized boolean attaches(String test, long bytes, long most) {
        long before = attached.getOrDefault(test, 0L);
        if (before + bytes > most) {
            return false;
        }
        attached.put(test, before + bytes);
        return true;
    }
}
