package io.stampede.internal.engine;

import io.stampede.internal.recorder.Recorder;
import io.stampede.internal.schedule.Schedule;
import io.stampede.result.Outcomes;
import io.stampede.result.Snapshot;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells how far a run is, half a second after the last time at least. Used by one thread. */
final class ProgressFeed {

    private static final long EVERY_NANOS = 500_000_000;

    private final Scenario scenario;
    private final Progress progress;
    private long toldNanos = System.nanoTime();
    private Outcomes news = Outcomes.NONE; // what has ended since somebody was told
    private double due; // of open phases that are over; NaN if there were but closed ones
    private boolean open; // whether there were any
    private long planned; // of phases that are over

    ProgressFeed(Scenario scenario, Progress progress) {
        this.scenario = scenario;
        this.progress = progress;
    }

    /** The run begins: what was news before is none any more. */
    void begin() {
        news = Outcomes.NONE;
        toldNanos = System.nanoTime();
    }

    /** Whether it is time to tell. */
    boolean isDue() {
        return System.nanoTime() - toldNanos >= EVERY_NANOS;
    }

    /** What somebody saw who looked at the run for another reason. */
    void add(Recorder.Live live) {
        news = news.plus(live.news());
    }

    /**
     * A phase of the run is over.
     *
     * @param whole whether it ran to its end: else what was due later never was
     */
    void phaseIsOver(PhaseRun run, boolean whole) {
        planned += run.planned();
        Workload workload = run.phase.workload();
        if (workload.closed()) {
            due = open ? due : Double.NaN;
        } else {
            due = dueBefore() + (whole ? workload.operations() : dueNow(run, schedule(workload)));
            open = true;
        }
    }

    /** The due operations of all earlier phases together. */
    private double dueBefore() {
        return open ? due : 0;
    }

    private static double dueNow(PhaseRun run, Schedule schedule) {
        return schedule.dueBefore(System.nanoTime() - run.originNanos);
    }

    /** To count by alone; null if users wait for the target. */
    @Nullable
    Schedule schedule(PhaseRun run) {
        Workload workload = run.phase.workload();
        return workload.closed() ? null : schedule(workload);
    }

    private Schedule schedule(Workload workload) {
        return Schedule.of(workload, scenario.seed());
    }

    /** Tells of a phase under way, which somebody has just looked at. */
    void tell(
            Snapshot.Stage stage,
            String phase,
            Course course,
            PhaseRun run,
            @Nullable Schedule schedule,
            Recorder.Live live) {
        double now = schedule == null ? Double.NaN : dueNow(run, schedule);
        show(
                stage,
                phase,
                course,
                live,
                planned + run.planned(),
                stage == Snapshot.Stage.WARM_UP ? now : dueBefore() + now);
    }

    /** Tells at a time when no operations run, but gauges move. */
    void tell(Snapshot.Stage stage, String phase, Course course) {
        Recorder.Live live = course.recorder().live();
        add(live);
        show(stage, phase, course, live, planned, stage == Snapshot.Stage.WARM_UP ? dueInWarmUp() : due);
    }

    /** As {@link #tell(Snapshot.Stage, String, Course)}, if it is time to. */
    void tellNowAndThen(Snapshot.Stage stage, String phase, Course course) {
        if (isDue()) {
            tell(stage, phase, course);
        }
    }

    private double dueInWarmUp() {
        Phase warmUp = scenario.warmUp();
        return warmUp == null || warmUp.workload().closed()
                ? Double.NaN
                : warmUp.workload().operations();
    }

    private void show(
            Snapshot.Stage stage, String phase, Course course, Recorder.Live live, long plannedSoFar, double dueSoFar) {
        long now = System.nanoTime();
        Outcomes told = news;
        news = Outcomes.NONE;
        toldNanos = now;
        progress.show(new Snapshot(
                stage,
                phase,
                Duration.ofNanos(now - course.originNanos()),
                course.plan(),
                course.operations() == 0 ? 0 : Math.max(course.operations(), plannedSoFar), // a stress test adds steps
                dueSoFar,
                live.progress(),
                told,
                course.sampler().readings()));
    }
}
