package io.stampede.benchmarks;

import java.util.HashMap;
import java.util.Map;

/** What JVMs of one kind told, by the figures' names. */
final class Figures {

    private final Map<String, Rounds> rounds = new HashMap<>();

    /** One more round; what was not measured in it does not count. */
    void add(Map<String, Double> round) {
        round.forEach((name, value) -> {
            if (!value.isNaN()) {
                rounds.computeIfAbsent(name, key -> new Rounds()).add(value);
            }
        });
    }

    boolean isEmpty() {
        return rounds.isEmpty();
    }

    /** NaN where it was never measured. */
    double median(String name) {
        return rounds.getOrDefault(name, new Rounds()).median();
    }

    /** NaN where it was never measured. */
    double least(String name) {
        return rounds.getOrDefault(name, new Rounds()).least();
    }

    /** NaN where it was never measured. */
    double most(String name) {
        return rounds.getOrDefault(name, new Rounds()).most();
    }
}
