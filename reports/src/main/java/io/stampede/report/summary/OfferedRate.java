package io.stampede.report.summary;

import io.stampede.internal.schedule.Schedule;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many operations the plan made due, and when, from the plan alone and the times at which its phases began. */
final class OfferedRate {

    /** A part of the plan, on the run's time axis; its schedule is asked for rising times. */
    private static final class Part {
        private final long beginNanos;
        private final Schedule schedule;

        Part(long beginNanos, Workload workload, long seed) {
            this.beginNanos = beginNanos;
            this.schedule = Schedule.of(workload, seed);
        }

        long before(long nanos) {
            return nanos <= beginNanos ? 0 : schedule.dueBefore(nanos - beginNanos);
        }
    }

    private final List<Part> parts;
    private long counted;

    private OfferedRate(List<Part> parts) {
        this.parts = parts;
    }

    /** Empty if users wait for the target, so that nothing is offered, or if nothing ran. */
    static Optional<OfferedRate> of(LoadResult result) {
        Scenario scenario = result.scenario();
        if (!scenario.planFixesOperations() || result.phases().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new OfferedRate(
                scenario.kind().search().isPresent() ? steps(result) : planned(scenario, result.phases())));
    }

    // Steps are added while a stress test runs, so what was planned at first is not what was offered.
    private static List<Part> steps(LoadResult result) {
        return result.phases().stream()
                .map(step -> burst(step, result.scenario().seed()))
                .toList();
    }

    private static List<Part> planned(Scenario scenario, List<PhaseResult> results) {
        List<Part> parts = new ArrayList<>();
        int next = 0;
        for (Phase phase : scenario.phases()) {
            Workload workload = phase.workload();
            int segments = workload instanceof Workload.Waves waves ? waves.ticks() : 1;
            for (int i = 0; i < segments && next < results.size(); i++) {
                PhaseResult part = results.get(next++);
                parts.add(
                        segments > 1
                                ? burst(part, scenario.seed())
                                : new Part(begin(part, workload, scenario.seed()), workload, scenario.seed()));
            }
        }
        return parts;
    }

    private static Part burst(PhaseResult part, long seed) {
        return new Part(part.start().toNanos(), Workload.burst(Math.max(1, part.planned())), seed);
    }

    // A phase's figures start with its first due time, which need not be its beginning.
    private static long begin(PhaseResult part, Workload workload, long seed) {
        return part.start().toNanos() - Schedule.of(workload, seed).nextDueNanos();
    }

    /** How many operations became due since the last call, up to a time since the run began. Times rise from call to call. */
    long dueUntil(long nanos) {
        long all = parts.stream().mapToLong(part -> part.before(nanos)).sum();
        long since = all - counted;
        counted = all;
        return since;
    }
}
