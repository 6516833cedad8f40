package io.stampede.report.allure;

import io.stampede.metric.Band;
import io.stampede.metric.Bound;
import io.stampede.report.text.DisplayUnit;
import io.stampede.report.text.Json;
import io.stampede.result.LoadResult;
import io.stampede.verdict.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What load tests add to the files that speak of all of them. Each JVM of a build keeps its own where the others read it.
 * Immutable.
 *
 * @param facts the values of each, in order
 * @param metrics of each load test
 * @param gates what the metrics must keep to
 */
record Figures(Map<String, Set<String>> facts, List<Allure3Metric> metrics, List<Gate> gates) {

    /** A few different values tell the story; thousands of seeds would not. */
    private static final int MAX_VALUES = 8;

    static final Figures NONE = new Figures(Map.of(), List.of(), List.of());

    Figures {
        Map<String, Set<String>> copy = new LinkedHashMap<>();
        facts.forEach((key, values) -> copy.put(
                key, new LinkedHashSet<>(values.stream().limit(MAX_VALUES).toList())));
        facts = copy;
        metrics = List.copyOf(metrics);
        gates = List.copyOf(gates);
    }

    Figures plus(Figures other) {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        facts.forEach((key, values) -> all.put(key, new LinkedHashSet<>(values)));
        other.facts.forEach((key, values) ->
                all.computeIfAbsent(key, k -> new LinkedHashSet<>()).addAll(values));
        return new Figures(all, joined(metrics, other.metrics), joined(gates, other.gates));
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        List<T> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    /** The values of each fact, with commas between them. */
    Map<String, String> joinedFacts() {
        Map<String, String> joined = new LinkedHashMap<>();
        facts.forEach((key, values) -> joined.put(key, String.join(", ", values)));
        return joined;
    }

    /** As plain data, from which {@link #of(Object)} makes it again. */
    Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        Map<String, Object> values = new LinkedHashMap<>();
        facts.forEach((key, all) -> values.put(key, List.copyOf(all)));
        data.put("facts", values);
        data.put("metrics", metrics.stream().map(Allure3Metric::data).toList());
        data.put("gates", gates.stream().map(Gate::data).toList());
        return data;
    }

    /** @throws IllegalArgumentException if the data is not as {@link #data()} gives it */
    static Figures of(Object data) {
        Map<?, ?> root = Json.object(data);
        Map<String, Set<String>> facts = new LinkedHashMap<>();
        Json.object(root.get("facts")).forEach((key, all) -> {
            Set<String> values = new LinkedHashSet<>();
            Json.list(all).forEach(value -> values.add(Json.text(value)));
            facts.put(Json.text(key), values);
        });
        return new Figures(
                facts,
                Json.list(root.get("metrics")).stream()
                        .map(one -> Allure3Metric.of(Json.object(one)))
                        .toList(),
                Json.list(root.get("gates")).stream()
                        .map(one -> Gate.of(Json.object(one)))
                        .toList());
    }

    /**
     * What a figure must keep to: the bound beyond which its target fails the test.
     *
     * @param key of the figure
     * @param upper whether the figure must be at most {@code value}; else at least
     * @param value in the figure's unit
     */
    record Gate(String key, boolean upper, double value) {

        /** The figure that says how many rows of the verdict failed the test; what no bound tells is in it too. */
        static final String FAILED_ROWS = "failed_rows";

        /**
         * Of the bounds that the verdict judged by, also if a figure has no data: then the gate fails. And one that fails as soon
         * as the test does, whatever failed it. None of an invalid run.
         */
        static List<Gate> of(LoadResult result, Verdict verdict, String name) {
            List<Gate> gates = new ArrayList<>();
            if (verdict.outcome() == Verdict.Outcome.INVALID) {
                return gates;
            }
            boolean strict = result.scenario().failOn() == Band.ACCEPTABLE;
            for (Allure3Metric.Judged judged : Allure3Metric.Judged.of(verdict)) {
                Bound bound =
                        strict ? judged.bounds().target() : judged.bounds().acceptable();
                gates.add(new Gate(
                        name + "." + judged.key(),
                        bound.upper(),
                        DisplayUnit.of(bound.unit()).inUnit(bound.value())));
            }
            gates.add(new Gate(name + "." + FAILED_ROWS, true, 0));
            return gates;
        }

        Map<String, Object> data() {
            return Map.of("key", key, "upper", upper, "value", value);
        }

        static Gate of(Map<?, ?> data) {
            return new Gate(
                    Json.text(data.get("key")),
                    Boolean.TRUE.equals(data.get("upper")),
                    Json.number(data.get("value")).doubleValue());
        }
    }
}
