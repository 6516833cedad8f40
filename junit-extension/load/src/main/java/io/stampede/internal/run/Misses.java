package io.stampede.internal.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often each test of this JVM has missed a target. A build that repeats what failed does so in the same JVM. May be used
 * by all threads.
 */
final class Misses {

    /** So many tests no JVM runs; those after them are not remembered. */
    private static final int MAX_TESTS = 10_000;

    private static final Misses OF_JVM = new Misses();

    private final Map<String, Integer> misses = new ConcurrentHashMap<>();

    static Misses ofJvm() {
        return OF_JVM;
    }

    int of(String test) {
        return misses.getOrDefault(test, 0);
    }

    void add(String test) {
        if (misses.size() < MAX_TESTS || misses.containsKey(test)) {
            misses.merge(test, 1, Integer::sum);
        }
    }
}
