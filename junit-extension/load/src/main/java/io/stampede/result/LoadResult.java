package io.stampede.result;

import io.stampede.scenario.Scenario;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a run. Plain data: immutable, serialisable, of bounded size however many operations there were.
 *
 * @param startedAt when the first operation could start
 * @param elapsed from the first due time to the end of the last operation; without recovery and settling between steps
 * @param planned operations of the phases that were run; a stress test may stop before its last planned step, and adds
 *     steps where it searches
 * @param started how many began
 * @param succeeded how many ended without an exception
 * @param failed how many threw, completed exceptionally, or timed out
 * @param responseTime end - due, of operations that succeeded
 * @param serviceTime end - start, of operations that succeeded
 * @param lag start - due, of all operations
 * @param failureTime end - due, of operations that failed
 * @param series over time, in order
 * @param phases one per phase, step or tick, in the order in which they ran; those of a stress test neither rise
 *     throughout nor differ all in size
 * @param failures by cause, most frequent first
 * @param gauges in the order of registration
 * @param recovery after a spike; null elsewhere
 * @param breakingPoint of a stress test; null elsewhere
 * @param facts what others said of this run, such as the environment; in order
 * @param endedEarly why not all planned operations were run; null where they were, and where {@code abortedBy} says it
 * @param generatorFaults why the load generator, not the target, is to blame; empty where it is not
 * @param warmUp what happened before; in none of the other figures. Null where there was none
 * @param abortedBy which rule of the scenario ended the run, and what was seen; null where none did
 * @param generator how the load generator was during the run
 * @since 0.1
 */
public record LoadResult(
        Scenario scenario,
        Instant startedAt,
        Duration elapsed,
        long planned,
        long started,
        long succeeded,
        long failed,
        Distribution responseTime,
        Distribution serviceTime,
        Distribution lag,
        Distribution failureTime,
        List<Interval> series,
        List<PhaseResult> phases,
        List<FailureGroup> failures,
        List<GaugeSeries> gauges,
        @Nullable Recovery recovery,
        @Nullable BreakingPoint breakingPoint,
        Map<String, String> facts,
        Machine machine,
        @Nullable String endedEarly,
        List<String> generatorFaults,
        @Nullable PhaseResult warmUp,
        @Nullable String abortedBy,
        GeneratorHealth generator)
        implements Serializable {

    public LoadResult {
        series = List.copyOf(series);
        phases = List.copyOf(phases);
        failures = List.copyOf(failures);
        gauges = List.copyOf(gauges);
        facts = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(facts));
        generatorFaults = List.copyOf(generatorFaults);
    }

    /** How many operations ended, well or not. */
    public long ended() {
        return succeeded + failed;
    }

    /** Operations that ended, per second of {@link #elapsed}; NaN where none did. */
    public double throughput() {
        return ended() == 0 || elapsed.isZero() ? Double.NaN : ended() / (elapsed.toNanos() / 1e9);
    }

    /** Percent of the ended operations that succeeded; NaN where none ended. */
    public double successRate() {
        return ended() == 0 ? Double.NaN : 100.0 * succeeded / ended();
    }

    /**
     * How much of the plan was delivered, 0 to 1: operations that ended against those planned, times planned duration
     * against the time it took, where it took longer. NaN in a closed model, which plans no number.
     */
    public double delivered() {
        if (!scenario.planFixesOperations()) {
            return Double.NaN;
        }
        double planNanos = scenario.duration().toNanos();
        double slowdown = planNanos == 0 ? 1 : Math.min(1, planNanos / Math.max(1, elapsed.toNanos()));
        return planned == 0 ? 0 : slowdown * ended() / planned;
    }

    /** The gauge of that name, whatever its letter case. */
    public Optional<GaugeSeries> gauge(String name) {
        return gauges.stream()
                .filter(gauge -> gauge.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
