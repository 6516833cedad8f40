package io.stampede.report.allure;

import io.stampede.internal.format.Times;
import io.stampede.report.readiness.EvidenceLog;
import io.stampede.report.text.Text;
import io.stampede.result.LoadResult;
import io.stampede.result.Machine;
import io.stampede.verdict.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What all load tests of this JVM have in common, in figures alone. Reporter and listener are made by
 * different service loaders and meet here. May be used by all threads.
 */
public final class Run {

    private static final Run CURRENT = new Run(Commit.of(Path.of(""), System.getenv()));

    private final Map<String, Set<String>> facts = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<Gate> gates = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();
    private final EvidenceLog evidence;
    private int plans;
    private boolean begun;
    private boolean fresh;
    private final @Nullable String commit;

    /** @param commit that is being built; null where it is not known */
    public Run(@Nullable String commit) {
        evidence = new EvidenceLog(commit);
        this.commit = commit;
    }

    public static Run current() {
        return CURRENT;
    }

    /**
     * A test plan begins.
     *
     * @return whether it is the first of this JVM: one within a test, or one that repeats failures, adds to the run
     */
    public synchronized boolean begin() {
        plans++;
        boolean first = !begun;
        begun = true;
        return first;
    }

    /**
     * A test plan ends.
     *
     * @return whether it was no plan within another and load tests were added since the last time this was true
     */
    public synchronized boolean end() {
        plans = Math.max(0, plans - 1);
        boolean report = plans == 0 && fresh;
        fresh = fresh && !report;
        return report;
    }

    /** Whether a plan has begun that is in no other. */
    public synchronized boolean outermost() {
        return plans == 1;
    }

    /** Whether every plan that has begun has ended. */
    public synchronized boolean isOver() {
        return plans == 0;
    }

    /** What tests show of readiness. */
    public EvidenceLog evidence() {
        return evidence;
    }

    @Nullable
    public String commit() {
        return commit;
    }

    /**
     * A name for files that no other load test of this run has.
     *
     * @param test that it is part of; null where that is not known
     */
    public synchronized String add(LoadResult result, Verdict verdict, @Nullable String test) {
        String name = Text.fileName(result.scenario().name());
        String unique = name;
        for (int i = 2; !names.add(unique); i++) {
            unique = name + "-" + i;
        }
        fresh = true;
        addFacts(result);
        figures.addAll(Figure.of(result, verdict, unique));
        gates.addAll(Gate.of(result, verdict, unique));
        evidence.add(
                result,
                verdict,
                test,
                ReportSettings.directory().resolve("load").resolve(unique).resolve("summary.html"));
        return unique;
    }

    private void addFacts(LoadResult result) {
        result.facts().forEach(this::fact);
        fact("Scale", Times.number(result.scenario().scale()));
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
        // A few different values tell the story; thousands of seeds would not.
        if (values.size() < 8) {
            values.add(value);
        }
    }

    /** Where load tests differ, all values with commas between them. */
    public synchronized Map<String, String> facts() {
        Map<String, String> joined = new LinkedHashMap<>();
        facts.forEach((key, values) -> joined.put(key, String.join(", ", values)));
        return joined;
    }

    public synchronized List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** What the figures must keep to. */
    public synchronized List<Gate> gates() {
        return List.copyOf(gates);
    }
}
