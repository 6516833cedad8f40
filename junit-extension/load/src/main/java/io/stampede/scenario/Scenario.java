package io.stampede.scenario;

import io.stampede.metric.Band;
import io.stampede.targets.Targets;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is: an immutable description.
 *
 * @param name unique among the tests of a project, such as {@code ShopLoadTest.checkout}
 * @param kind what sort of scenario it is
 * @param phases what is planned, in order; never empty. A stress test may stop before the last, and then adds
 *     steps of its own
 * @param targets what it is judged by
 * @param failOn the mildest band that fails the test: {@code CRITICAL}, or {@code ACCEPTABLE} to be strict
 * @param timeout the time after which an operation counts as failed, from its start
 * @param scale what every total and duration was multiplied by
 * @param seed of everything random in the run
 * @param warmUp runs before the first phase and is in no figure; null for none
 * @param abortWhen what ends the run early and fails it
 * @param maxSlowdown by how much it may be significantly slower than earlier runs, as a share of their figures: 0.01 to
 *     10; null if a slowdown fails nothing
 * @since 0.1
 */
public record Scenario(
        String name,
        Kind kind,
        List<Phase> phases,
        Targets targets,
        Band failOn,
        Duration timeout,
        double scale,
        long seed,
        @Nullable Phase warmUp,
        List<AbortRule> abortWhen,
        @Nullable Double maxSlowdown)
        implements Serializable {

    private static final int MAX_DESCRIBED = 6;

    /** Checks the bounds and copies the lists. */
    public Scenario {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank, but was \"" + name + "\"");
        }
        phases = List.copyOf(phases);
        abortWhen = List.copyOf(abortWhen);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("phases must not be empty");
        }
        Check.duration("timeout", timeout);
        Check.requireScale(scale);
        if (maxSlowdown != null && !(maxSlowdown >= 0.01 && maxSlowdown <= 10)) {
            throw new IllegalArgumentException("maxSlowdown must be a share from 0.01 to 10, but was " + maxSlowdown);
        }
        if (failOn != Band.CRITICAL && failOn != Band.ACCEPTABLE) {
            throw new IllegalArgumentException("failOn must be CRITICAL or ACCEPTABLE, but was " + failOn);
        }
    }

    /**
     * A scenario that may be slower than earlier runs without limit.
     *
     * @param name unique among the tests of a project
     * @param kind what sort of scenario it is
     * @param phases what is planned, in order; not empty
     * @param targets what it is judged by
     * @param failOn the mildest band that fails the test: {@code CRITICAL} or {@code ACCEPTABLE}
     * @param timeout the time after which an operation counts as failed, from its start
     * @param scale what every total and duration was multiplied by
     * @param seed of everything random in the run
     * @param warmUp runs before the first phase; null for none
     * @param abortWhen what ends the run early and fails it
     */
    public Scenario(
            String name,
            Kind kind,
            List<Phase> phases,
            Targets targets,
            Band failOn,
            Duration timeout,
            double scale,
            long seed,
            @Nullable Phase warmUp,
            List<AbortRule> abortWhen) {
        this(name, kind, phases, targets, failOn, timeout, scale, seed, warmUp, abortWhen, null);
    }

    /**
     * A scenario without a warm-up, which nothing ends early.
     *
     * @param name unique among the tests of a project
     * @param kind what sort of scenario it is
     * @param phases what is planned, in order; not empty
     * @param targets what it is judged by
     * @param failOn the mildest band that fails the test: {@code CRITICAL} or {@code ACCEPTABLE}
     * @param timeout the time after which an operation counts as failed, from its start
     * @param scale what every total and duration was multiplied by
     * @param seed of everything random in the run
     */
    public Scenario(
            String name,
            Kind kind,
            List<Phase> phases,
            Targets targets,
            Band failOn,
            Duration timeout,
            double scale,
            long seed) {
        this(name, kind, phases, targets, failOn, timeout, scale, seed, null, List.of());
    }

    /** {@return how many operations are planned in all phases; those of closed workloads are not planned} */
    public long operations() {
        return phases.stream().mapToLong(phase -> phase.workload().operations()).sum();
    }

    /** {@return the time that the plan itself takes} */
    public Duration duration() {
        return phases.stream().map(phase -> phase.workload().duration()).reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * {@return whether the plan itself fixes the rate} If it does, throughput can only be what was planned, and is judged as
     * delivered / planned; otherwise the target was saturated, and its throughput is judged by the targets table.
     */
    public boolean planFixesRate() {
        return phases.stream()
                .map(Phase::workload)
                .noneMatch(workload -> workload.closed() || workload instanceof Workload.Burst);
    }

    /** {@return whether all operations are planned, so that all of them must run; false if users wait for the target} */
    public boolean planFixesOperations() {
        return phases.stream().noneMatch(phase -> phase.workload().closed());
    }

    /** {@return one line of text, such as {@code spike: 500 at once}} Of many phases it names the first few. */
    public String describe() {
        return kind.search().map(Kind.Stress::describe).orElseGet(this::describePhases);
    }

    private String describePhases() {
        return kind.label() + ": "
                + String.join(
                        ", then ",
                        phases.stream()
                                .limit(MAX_DESCRIBED)
                                .map(phase -> phase.workload().describe())
                                .toList())
                + (phases.size() > MAX_DESCRIBED ? ", and " + (phases.size() - MAX_DESCRIBED) + " phases more" : "");
    }
}
