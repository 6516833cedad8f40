package io.stampede.reports;

import io.stampede.result.Distribution;
import io.stampede.result.LoadResult;
import io.stampede.result.Machine;
import io.stampede.scenario.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What all load tests of this JVM have in common, in figures alone. Reporter and listener are made by
 * different service loaders and meet here. May be used by all threads.
 */
final class Run {

    /** A measured value as Allure 3 keeps it. */
    record Figure(String id, String key, double value, long startMillis, long stopMillis, String group) {}

    private static final Run CURRENT = new Run();

    private final Map<String, Set<String>> facts = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();
    private int plans;
    private boolean begun;
    private boolean fresh;

    static Run current() {
        return CURRENT;
    }

    /**
     * A test plan begins.
     *
     * @return whether it is the first of this JVM: one within a test, or one that repeats failures, adds to the run
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
     * @return whether it was no plan within another and load tests were added since the last time this was true
     */
    synchronized boolean end() {
        plans = Math.max(0, plans - 1);
        boolean report = plans == 0 && fresh;
        fresh = fresh && !report;
        return report;
    }

    /** A name for files that no other load test of this run has. */
    synchronized String add(LoadResult result) {
        String name = Text.fileName(result.scenario().name());
        String unique = name;
        for (int i = 2; !names.add(unique); i++) {
            unique = name + "-" + i;
        }
        fresh = true;
        addFacts(result);
        addFigures(result, unique);
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

    private void addFigures(LoadResult result, String name) {
        Map<String, Double> values = new LinkedHashMap<>();
        times(values, "response", result.responseTime());
        times(values, "service", result.serviceTime());
        values.put("throughput_per_s", result.throughput());
        values.put("success_percent", result.successRate());
        values.put("delivered_percent", 100 * result.delivered());
        if (result.breakingPoint() != null) {
            values.put("capacity", (double) result.breakingPoint().capacity());
        }
        long start = result.startedAt().toEpochMilli();
        long stop = start + result.elapsed().toMillis();
        values.forEach((key, value) -> {
            if (Double.isFinite(value)) {
                figures.add(new Figure(
                        name + "." + key,
                        key,
                        value,
                        start,
                        stop,
                        Text.line(result.scenario().name(), 200)));
            }
        });
    }

    private static void times(Map<String, Double> values, String name, Distribution times) {
        values.put(name + "_p50_ms", times.percentileNanos(50) / 1e6);
        values.put(name + "_p95_ms", times.percentileNanos(95) / 1e6);
        values.put(name + "_p99_ms", times.percentileNanos(99) / 1e6);
        values.put(name + "_max_ms", times.percentileNanos(100) / 1e6);
        values.put(name + "_mean_ms", times.meanNanos() / 1e6);
    }

    /** Where load tests differ, all values with commas between them. */
    synchronized Map<String, String> facts() {
        Map<String, String> joined = new LinkedHashMap<>();
        facts.forEach((key, values) -> joined.put(key, String.join(", ", values)));
        return joined;
    }

    synchronized List<Figure> figures() {
        return List.copyOf(figures);
    }
}
