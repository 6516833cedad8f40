package io.stampede.internal.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The configuration parameters of the test plan that is running, for code that JUnit hands no context: load tests put
 * together in code, and reports. If a test starts a plan of its own, the parameters stay those of the outermost plan. May
 * be used by all threads.
 */
public final class LaunchParameters {

    // JUnit makes the listener that tells of a plan, and nothing else connects the two: they meet here.
    private static final LaunchParameters CURRENT = new LaunchParameters();

    private final List<Plan> running = new ArrayList<>();

    private record Plan(Object identity, Set<String> keys, Function<String, Optional<String>> values) {}

    LaunchParameters() {}

    /** Those of this JVM. */
    public static LaunchParameters current() {
        return CURRENT;
    }

    /**
     * A test plan begins. Several listeners may tell of the same plan.
     *
     * @param identity of the plan
     * @param keys of the parameters that are known by name
     */
    public synchronized void begin(Object identity, Set<String> keys, Function<String, Optional<String>> values) {
        running.add(new Plan(identity, Set.copyOf(keys), values));
    }

    /** A test plan has ended. Takes one {@link #begin} back. */
    public synchronized void end(Object identity) {
        for (int i = running.size() - 1; i >= 0; i--) {
            if (running.get(i).identity() == identity) {
                running.remove(i);
                return;
            }
        }
    }

    /** Empty if no plan is running, or if the plan does not have the parameter. */
    public Optional<String> get(String key) {
        return outermost().flatMap(plan -> plan.values().apply(key));
    }

    /** Whether a plan is running. */
    public boolean present() {
        return outermost().isPresent();
    }

    /** The names that are known of the parameters, sorted. */
    public Set<String> keys() {
        return new TreeSet<>(outermost().map(Plan::keys).orElse(Set.of()));
    }

    private synchronized Optional<Plan> outermost() {
        return running.stream().findFirst();
    }
}
