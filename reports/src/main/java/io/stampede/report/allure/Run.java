package io.stampede.report.allure;

import io.stampede.internal.format.FileNames;
import io.stampede.internal.format.Numbers;
import io.stampede.internal.history.Commit;
import io.stampede.report.export.LoadTestFiles;
import io.stampede.report.live.SharedLivePage;
import io.stampede.report.readiness.EvidenceLog;
import io.stampede.report.text.Console;
import io.stampede.report.text.Links;
import io.stampede.result.LoadResult;
import io.stampede.result.Machine;
import io.stampede.verdict.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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

    /** A few different values tell the story; thousands of seeds would not. */
    private static final int MAX_VALUES = 8;

    private final ReportSettings settings;
    private final Console console;
    private final OperationCalls calls = new OperationCalls();
    private final AllureResults results;
    private final SharedLivePage live;
    private final EvidenceLog evidence;
    private final @Nullable String commit;

    private final Map<String, Set<String>> facts = new LinkedHashMap<>();
    private final List<Allure3Metric> metrics = new ArrayList<>();
    private final List<QualityGate> gates = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();
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
        this.commit = commit;
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

    /**
     * Adds a load test, and gives it a directory of its own for its files.
     *
     * @param test that it is part of; null if that is not known
     */
    synchronized Path add(LoadResult result, Verdict verdict, @Nullable String test) {
        String name = FileNames.of(result.scenario().name());
        String unique = name;
        for (int i = 2; !names.add(unique); i++) {
            unique = name + "-" + i;
        }
        fresh = true;
        addFacts(result);
        metrics.addAll(Allure3Metric.of(result, verdict, unique));
        gates.addAll(QualityGate.of(result, verdict, unique));
        Path directory = settings.directory().resolve("load").resolve(unique);
        String link = Links.relative(settings.readinessDirectory(), directory.resolve(LoadTestFiles.SUMMARY));
        evidence.add(result, verdict, test, link);
        return directory;
    }

    private void addFacts(LoadResult result) {
        result.facts().forEach(this::fact);
        fact("Scale", Numbers.scale(result.scenario().scale()));
        fact("Seed", Long.toString(result.scenario().seed()));
        Machine machine = result.machine();
        fact("Java", machine.java() + ", " + machine.jvm());
        fact("Operating system", machine.os() + ", " + machine.arch());
        fact("Processors", Integer.toString(machine.processors()));
        fact("Heap", machine.memoryBytes() / (1024 * 1024) + " MiB");
        fact("Threads", machine.threads());
    }

    private void fact(String key, String value) {
        Set<String> values = facts.computeIfAbsent(key, k -> new LinkedHashSet<>());
        if (values.size() < MAX_VALUES) {
            values.add(value);
        }
    }

    /** If load tests differ in one, all its values with commas between them. */
    synchronized Map<String, String> facts() {
        Map<String, String> joined = new LinkedHashMap<>();
        facts.forEach((key, values) -> joined.put(key, String.join(", ", values)));
        return joined;
    }

    synchronized List<Allure3Metric> metrics() {
        return List.copyOf(metrics);
    }

    /** What the metrics must keep to. */
    synchronized List<QualityGate> gates() {
        return List.copyOf(gates);
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
