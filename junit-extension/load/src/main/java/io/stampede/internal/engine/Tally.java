package io.stampede.internal.engine;

import io.stampede.internal.format.Times;
import io.stampede.internal.plan.Plan;
import io.stampede.internal.recorder.Segment;
import io.stampede.result.PhaseResult;
import io.stampede.result.Volume;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of the phases so far. Used by one thread. */
final class Tally {

    private final Scenario scenario;
    private final List<PhaseResult> results = new ArrayList<>();
    private long planned;
    private long started;
    private long ended;
    private Duration busy = Duration.ZERO;

    Tally(Scenario scenario) {
        this.scenario = scenario;
    }

    /**
     * A phase is over.
     *
     * @param peaks the highest value of each gauge in it
     */
    void add(PhaseRun run, Plan plan, Map<String, Double> peaks) {
        planned += run.planned();
        started += run.started();
        ended += run.ended();
        List<Segment> segments = run.takeSegments();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            results.add(plan.judged(new PhaseResult(
                    segments.size() == 1 ? run.phase.name() : tick(run.phase, i + 1),
                    run.planned(i),
                    segment.outcomes(),
                    Duration.ofNanos(segment.firstDueNanos()),
                    segment.elapsed(),
                    segments.size() == 1 ? peaks : Map.of())));
        }
        busy = busy.plus(Segment.elapsed(segments));
    }

    private String tick(Phase phase, int number) {
        return (scenario.phases().size() > 1 ? phase.name() + ", " : "") + "tick " + number;
    }

    /** How long the last phase's backlogs were waited for. */
    void settled(Duration took) {
        int last = results.size() - 1;
        results.set(last, results.get(last).withSettled(took));
    }

    /** In the order in which they ran. */
    List<PhaseResult> results() {
        return results;
    }

    Volume volume() {
        return new Volume(planned, started, busy);
    }

    /** Such as {@code 400 of 1,000 operations}. */
    String howFar() {
        return scenario.planFixesOperations()
                ? String.format(Locale.ROOT, "%,d of %,d operations", ended, Math.max(scenario.operations(), planned))
                : String.format(
                        Locale.ROOT,
                        "%,d operations, %s of %s",
                        ended,
                        Times.format(busy),
                        Times.format(scenario.duration()));
    }
}
