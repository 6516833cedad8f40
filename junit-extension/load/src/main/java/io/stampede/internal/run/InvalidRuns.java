package io.stampede.internal.run;

import io.stampede.result.LoadResult;
import io.stampede.scenario.Validity;
import io.stampede.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Counts the load tests of each test plan that is running, and those that were invalid, so that a line at its end can say
 * so: a build with aborted tests is green. A plan within a test is part of the plans around it. May be used by all threads.
 */
public final class InvalidRuns {

    // JUnit makes the listener that tells of a plan, and nothing else connects the two: they meet here.
    private static final InvalidRuns CURRENT = new InvalidRuns();

    private static final int MOST_NAMES = 10;

    private final List<Plan> running = new ArrayList<>();

    private static final class Plan {
        private final Object identity;
        private final List<String> names = new ArrayList<>(); // of the first few that were invalid
        private long loadTests;
        private long invalid;
        private boolean aborted;

        Plan(Object identity) {
            this.identity = identity;
        }

        void add(LoadResult result, Verdict verdict) {
            loadTests++;
            if (verdict.outcome() != Verdict.Outcome.INVALID) {
                return;
            }
            invalid++;
            aborted |= result.generator().limits().mode() != Validity.Mode.FAIL;
            if (names.size() < MOST_NAMES) {
                names.add(result.scenario().name());
            }
        }

        Optional<String> line() {
            if (invalid == 0) {
                return Optional.empty();
            }
            String more =
                    invalid > names.size() ? String.format(Locale.ROOT, " and %,d more", invalid - names.size()) : "";
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%,d of %,d load tests %s INVALID: %s%s; %s.%s",
                    invalid,
                    loadTests,
                    invalid == 1 ? "was" : "were",
                    String.join(", ", names),
                    more,
                    invalid == 1 ? "it proves nothing" : "they prove nothing",
                    aborted ? " With stampede.validity = fail such a load test fails." : ""));
        }
    }

    InvalidRuns() {}

    /** Those of this JVM. */
    public static InvalidRuns current() {
        return CURRENT;
    }

    /** A test plan begins. */
    public synchronized void begin(Object plan) {
        running.add(new Plan(plan));
    }

    /** A run was judged. */
    synchronized void add(LoadResult result, Verdict verdict) {
        running.forEach(plan -> plan.add(result, verdict));
    }

    /** A test plan has ended: what to say of it, if a load test in it was invalid. */
    public synchronized Optional<String> end(Object plan) {
        for (int i = running.size() - 1; i >= 0; i--) {
            if (running.get(i).identity == plan) {
                return running.remove(i).line();
            }
        }
        return Optional.empty();
    }
}
