package io.stampede.internal.engine;

import io.stampede.internal.format.Times;
import io.stampede.internal.plan.Plan;
import io.stampede.internal.recorder.Recorder;
import io.stampede.internal.recorder.Segment;
import io.stampede.internal.schedule.Schedule;
import io.stampede.metric.Bound;
import io.stampede.operation.Iteration;
import io.stampede.operation.Operation;
import io.stampede.result.LoadResult;
import io.stampede.result.Machine;
import io.stampede.result.PhaseResult;
import io.stampede.result.Recovery;
import io.stampede.result.Snapshot;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.targets.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario once. {@link #run} is called by one thread, which waits there; {@link #stop} may be called by any.
 *
 * <p>Time is {@link System#nanoTime()} throughout, which does not go backwards.
 */
public final class Engine {

    private static final AtomicBoolean WARM = new AtomicBoolean();
    private static final int WARM_UP_OPERATIONS = 200;
    private static final int WARM_UP_ROUNDS = 20;
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration WARM_UP_SETTLE = Duration.ofSeconds(10);

    private final Scenario scenario;
    private final Operation operation;
    private final List<Gauge> gauges;
    private final Map<String, String> facts;
    private final EngineSettings settings;
    private final Progress progress;
    private final Vitals vitals = Vitals.ofThisProcess();
    private final MachineCpu machineCpu = new MachineCpu(vitals::machineCpu, System::nanoTime);
    private final GeneratorWatch generator;
    private final Threads threads;

    private final List<PhaseResult> results = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private volatile @Nullable String stopReason;
    private volatile @Nullable PhaseRun current;
    private final AbortWatch watch;
    private @Nullable String abortedBy;
    private @Nullable String aftermath; // what went wrong because of that
    private boolean stoppedInWarmUp;
    private long pausedNanos;
    private News news = new News();
    private double due; // of open phases that are over; NaN where there were but closed ones
    private boolean open; // whether there were any
    private long planned;
    private long started;
    private long ended;
    private Duration busy = Duration.ZERO;

    /**
     * @param gauges read while the run goes on
     * @param facts what the result says of its surroundings
     */
    public Engine(
            Scenario scenario,
            Operation operation,
            List<Gauge> gauges,
            Map<String, String> facts,
            EngineSettings settings,
            Progress progress) {
        this.scenario = scenario;
        this.operation = operation;
        this.gauges = List.copyOf(gauges);
        this.facts = facts;
        this.settings = settings;
        this.progress = progress;
        this.watch = new AbortWatch(scenario.abortWhen());
        this.generator = new GeneratorWatch(settings.validity(), vitals.sharing(machineCpu.reader()));
        this.threads = settings.threads().forRun(mostAtOnce(scenario));
    }

    private static long mostAtOnce(Scenario scenario) {
        Phase warmUp = scenario.warmUp();
        return Stream.concat(scenario.phases().stream(), Stream.ofNullable(warmUp))
                .mapToLong(phase -> phase.workload().simultaneous())
                .max()
                .orElse(1);
    }

    /** Starts no more operations and ends those under way; {@link #run} returns soon, with what there is. */
    public void stop(String reason) {
        synchronized (faults) {
            if (stopReason == null) {
                stopReason = reason;
            }
        }
        PhaseRun run = current;
        if (run != null) {
            run.stop();
        }
    }

    /**
     * Runs to the end of the plan, or until one of the scenario's rules, {@link #stop} or an interruption of the calling
     * thread ends it; then the result says so, and after an interruption the thread's interrupted status is set.
     */
    public LoadResult run(Plan plan) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), threads.factory());
        try {
            return run(plan, executor);
        } catch (RuntimeException | Error e) {
            stop("failed");
            end(executor);
            throw e;
        }
    }

    private LoadResult run(Plan plan, ThreadPoolExecutor executor) {
        warmUpItself(executor);
        Phase warmUpPhase = scenario.warmUp();
        PhaseResult warmUp = warmUpPhase == null ? null : warmUp(warmUpPhase, executor);
        Recorder recorder = new Recorder(shards());
        Instant startedAt = Instant.now();
        long originNanos = System.nanoTime();
        try (GeneratorWatch watching = generator;
                HeapGauge heap = new HeapGauge();
                GaugeSampler sampler = new GaugeSampler(withOwn(heap), originNanos, settings.gaugeEvery())) {
            watching.start();
            sampler.start();
            Recovery recovery = null;
            Course course = new Course(recorder, sampler, originNanos, plannedOperations(), scenario.duration(), watch);
            news = new News();
            try {
                runPhases(plan, executor, course);
                sampler.sample();
                show(Snapshot.Stage.LOAD, "", course);
                if (!isOver() && scenario.kind() instanceof Kind.Spike spike) {
                    recovery = recover(course, spike.recovery());
                    show(Snapshot.Stage.RECOVERY, "", course);
                }
            } catch (InterruptedException e) {
                stop("interrupted");
                Thread.currentThread().interrupt();
            }
            sampler.markRecovered();
            end(executor);
            return result(plan, recorder.recording(), sampler, recovery, warmUp, startedAt);
        }
    }

    /**
     * The run, or the warm-up before it.
     *
     * @param operations how many are planned; 0 where the target decides
     * @param plan how long it takes by itself
     * @param watch what may end it early
     */
    private record Course(
            Recorder recorder,
            GaugeSampler sampler,
            long originNanos,
            long operations,
            Duration plan,
            AbortWatch watch) {}

    private long plannedOperations() {
        return scenario.planFixesOperations() ? scenario.operations() : 0;
    }

    private boolean isOver() {
        return stopReason != null || abortedBy != null;
    }

    /**
     * Runs the engine's own code, once per JVM, with an operation that does nothing: loading and compiling it is not the
     * target's time. Without this the first burst of a JVM started its operations up to 50 ms late.
     */
    private void warmUpItself(ThreadPoolExecutor executor) {
        if (!WARM.compareAndSet(false, true)) {
            return;
        }
        Phase burst = new Phase(Iteration.WARM_UP_PHASE, Workload.burst(WARM_UP_OPERATIONS));
        Phase paced = new Phase(Iteration.WARM_UP_PHASE, Workload.paced(WARM_UP_OPERATIONS, Duration.ofNanos(100_000)));
        PhaseRun.Setup setup = new PhaseRun.Setup(iteration -> {}, scenario, settings, executor);
        try {
            for (int round = 0;
                    round < WARM_UP_ROUNDS && !Thread.currentThread().isInterrupted();
                    round++) {
                Recorder recorder = new Recorder(shards());
                PhaseRun run = setup.run(round % 4 == 0 ? paced : burst, recorder, 0, System.nanoTime());
                run.begin();
                if (!run.await(Duration.ofSeconds(1))) {
                    run.stop();
                }
                recorder.live();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the run itself will see it and say so
        }
    }

    /**
     * Runs what the user asked for before the run, and lets backlogs go. It has a recorder and gauges of its own, so
     * that it is in no figure of the run.
     */
    private PhaseResult warmUp(Phase phase, ThreadPoolExecutor executor) {
        Recorder recorder = new Recorder(shards());
        long originNanos = System.nanoTime();
        PhaseRun run = new PhaseRun.Setup(operation, scenario, settings, executor)
                .run(phase, recorder, Iteration.WARM_UP_INDEX, originNanos);
        current = run;
        Duration settled = null;
        try (GaugeSampler sampler = new GaugeSampler(gauges, originNanos, settings.gaugeEvery())) {
            sampler.start();
            if (isOver()) {
                run.stop();
            }
            run.begin();
            Workload workload = phase.workload();
            Course course = new Course(
                    recorder,
                    sampler,
                    originNanos,
                    workload.operations(),
                    workload.duration(),
                    new AbortWatch(List.of()));
            follow(run, Snapshot.Stage.WARM_UP, phase.name(), course);
            if (!isOver()) {
                settled = await(
                        WARM_UP_SETTLE,
                        sampler,
                        () -> showNowAndThen(Snapshot.Stage.WARM_UP, phase.name(), course),
                        () -> backlogsAreGone(sampler));
            }
        } catch (InterruptedException e) {
            stop("interrupted");
            Thread.currentThread().interrupt();
        }
        stoppedInWarmUp = stopReason != null;
        Segment whole = recorder.takeSegment();
        return new PhaseResult(
                phase.name(),
                run.planned(),
                whole.succeeded(),
                whole.failed(),
                Duration.ZERO,
                elapsed(List.of(whole)),
                whole.response(),
                whole.service(),
                Map.of(),
                settled);
    }

    private static Duration elapsed(List<Segment> segments) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Segment segment : segments) {
            if (segment.succeeded() + segment.failed() > 0) {
                first = Math.min(first, segment.firstDueNanos());
                last = Math.max(last, segment.lastEndNanos());
            }
        }
        return last < first ? Duration.ZERO : Duration.ofNanos(last - first);
    }

    private List<Gauge> withOwn(HeapGauge heap) {
        List<Gauge> all = new ArrayList<>(gauges);
        all.add(heap.gauge());
        all.addAll(new VitalGauges(vitals.sharing(machineCpu.reader()), System::nanoTime).gauges());
        return all;
    }

    private static int shards() {
        int processors = Runtime.getRuntime().availableProcessors();
        return Math.min(32, Integer.highestOneBit(Math.max(1, processors * 2 - 1)) * 2);
    }

    private void runPhases(Plan plan, ThreadPoolExecutor executor, Course course) throws InterruptedException {
        GaugeSampler sampler = course.sampler();
        PhaseRun.Setup setup = new PhaseRun.Setup(operation, scenario, settings, executor);
        long nextIndex = 0;
        for (Phase phase = plan.next(results);
                phase != null && !isOver();
                phase = isOver() ? null : plan.next(results)) {
            PhaseRun run = setup.run(phase, course.recorder(), nextIndex, course.originNanos());
            current = run;
            sampler.takePeaks();
            try {
                run.begin();
                generator.enter(phase.workload(), run::started);
                follow(run, Snapshot.Stage.LOAD, name(phase), course);
            } finally {
                generator.leave();
                if (Thread.currentThread().isInterrupted()) {
                    stop("interrupted");
                }
                boolean whole = run.isOver();
                if (!whole) {
                    run.stop();
                }
                Throwable failure = run.failure();
                if (failure != null) {
                    stop("the load generator failed with " + failure);
                }
                nextIndex = run.nextIndex();
                planned += run.planned();
                countDue(run, whole);
                started += run.started();
                ended += run.ended();
                if (run.wasSaturated()) {
                    wentWrong(String.format(
                            Locale.ROOT,
                            "operations of phase %s started late because %,d were in flight already; raise"
                                    + " stampede.concurrency.max",
                            phase.name(),
                            settings.maxConcurrency()));
                }
                if (run.wasStarved()) {
                    faults.add(String.format(
                            Locale.ROOT,
                            "the machine gave no more threads in phase %s; take fewer operations at once, or virtual"
                                    + " threads",
                            phase.name()));
                }
                sampler.sample();
                add(run, phase, sampler.takePeaks());
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            settle(plan.settle(), phase, course);
        }
    }

    /** @param whole whether the phase ran to its end: else what was due after it was stopped never was */
    private void countDue(PhaseRun run, boolean whole) {
        Workload workload = run.phase.workload();
        if (workload.closed()) {
            due = open ? due : Double.NaN;
        } else {
            due = dueBefore() + (whole ? workload.operations() : dueNow(run, schedule(workload)));
            open = true;
        }
    }

    /** Of the phases before this one. */
    private double dueBefore() {
        return open ? due : 0;
    }

    private static double dueNow(PhaseRun run, Schedule schedule) {
        return schedule.dueBefore(System.nanoTime() - run.originNanos);
    }

    /** To count by alone. */
    private Schedule schedule(Workload workload) {
        return Schedule.of(workload, scenario.seed());
    }

    private String name(Phase phase) {
        return scenario.phases().size() > 1 ? phase.name() : "";
    }

    /** Blames the load generator, but for what follows from a target so bad that the run was ended. */
    private void wentWrong(String fault) {
        if (abortedBy == null) {
            faults.add(fault);
        } else {
            aftermath = aftermath == null ? fault : aftermath + "; " + fault;
        }
    }

    /** Waits for the end of a phase, and does meanwhile what has to be done now and then. */
    private void follow(PhaseRun run, Snapshot.Stage stage, String phase, Course course) throws InterruptedException {
        if (stopReason != null) {
            run.stop(); // stopped before anybody could know of this phase
        }
        Workload workload = run.phase.workload();
        Schedule schedule = workload.closed() ? null : schedule(workload);
        while (!run.await(TICK)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            run.expire();
            // Folding what was recorded takes processor time that operations may want: no more often than is of use.
            boolean tell = news.isDue(System.nanoTime());
            if (course.watch().hasRules() || tell) {
                Recorder.Live live = look(run, course);
                if (tell) {
                    show(stage, phase, course, live, planned + run.planned(), dueBy(run, schedule, stage));
                }
            }
        }
        if (course.watch().hasRules()) {
            look(run, course); // a phase may be over before anybody has looked
        }
    }

    private double dueBy(PhaseRun run, @Nullable Schedule schedule, Snapshot.Stage stage) {
        double now = schedule == null ? Double.NaN : dueNow(run, schedule);
        return stage == Snapshot.Stage.WARM_UP ? now : dueBefore() + now;
    }

    /** Where no operations run, but gauges move. */
    private void showNowAndThen(Snapshot.Stage stage, String phase, Course course) {
        if (news.isDue(System.nanoTime())) {
            show(stage, phase, course);
        }
    }

    private void show(Snapshot.Stage stage, String phase, Course course) {
        Recorder.Live live = course.recorder().live();
        news.add(live);
        show(stage, phase, course, live, planned, stage == Snapshot.Stage.WARM_UP ? dueInWarmUp() : due);
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
        News.Told told = news.take(now);
        progress.show(new Snapshot(
                stage,
                phase,
                Duration.ofNanos(now - course.originNanos()),
                course.plan(),
                course.operations() == 0 ? 0 : Math.max(course.operations(), plannedSoFar), // a stress test adds steps
                dueSoFar,
                live.succeeded(),
                live.failed(),
                live.p95Nanos(),
                told.response(),
                told.service(),
                course.sampler().last()));
    }

    private Recorder.Live look(PhaseRun run, Course course) {
        Recorder.Live live = course.recorder().live();
        news.add(live);
        long sinceNanos = System.nanoTime() - course.originNanos();
        course.watch()
                .look(sinceNanos - pausedNanos, live, course.sampler().takeRanges())
                .ifPresent(seen -> {
                    abortedBy = seen;
                    run.stop();
                });
        return live;
    }

    private void add(PhaseRun run, Phase phase, Map<String, Double> peaks) {
        List<Segment> segments = run.takeSegments();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            results.add(new PhaseResult(
                    segments.size() == 1 ? phase.name() : tick(phase, i + 1),
                    run.planned(i),
                    segment.succeeded(),
                    segment.failed(),
                    Duration.ofNanos(segment.firstDueNanos()),
                    Duration.ofNanos(segment.lastEndNanos() - segment.firstDueNanos()),
                    segment.response(),
                    segment.service(),
                    segments.size() == 1 ? peaks : Map.of(),
                    null));
        }
        busy = busy.plus(elapsed(segments));
    }

    private String tick(Phase phase, int number) {
        return (scenario.phases().size() > 1 ? phase.name() + ", " : "") + "tick " + number;
    }

    private void settle(Duration limit, Phase phase, Course course) throws InterruptedException {
        if (limit.isZero() || isOver()) {
            return;
        }
        GaugeSampler sampler = course.sampler();
        Duration took = await(
                limit,
                sampler,
                () -> showNowAndThen(Snapshot.Stage.SETTLING, name(phase), course),
                () -> judgedKeepTargets(sampler) && backlogsAreGone(sampler));
        pausedNanos += took.toNanos();
        int last = results.size() - 1;
        PhaseResult step = results.get(last);
        results.set(
                last,
                new PhaseResult(
                        step.name(),
                        step.planned(),
                        step.succeeded(),
                        step.failed(),
                        step.start(),
                        step.elapsed(),
                        step.responseTime(),
                        step.serviceTime(),
                        step.gaugeMax(),
                        took));
    }

    private Recovery recover(Course course, Duration limit) throws InterruptedException {
        GaugeSampler sampler = course.sampler();
        Duration took = await(
                limit,
                sampler,
                () -> showNowAndThen(Snapshot.Stage.RECOVERY, "", course),
                () -> judgedKeepTargets(sampler));
        return new Recovery(took, judgedKeepTargets(sampler), limit);
    }

    private Duration await(Duration limit, GaugeSampler sampler, Runnable meanwhile, BooleanSupplier condition)
            throws InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            sampler.sample();
            long taken = System.nanoTime() - begin;
            if (condition.getAsBoolean() || taken >= limit.toNanos() || isOver()) {
                return Duration.ofNanos(taken);
            }
            meanwhile.run();
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
    }

    private boolean judgedKeepTargets(GaugeSampler sampler) {
        Map<String, Double> last = sampler.last();
        for (Target target : scenario.targets().rows()) {
            for (Map.Entry<String, Double> gauge : last.entrySet()) {
                Bound bound = target.target();
                if (gauge.getKey().equalsIgnoreCase(target.metric().measure())
                        && bound.upper()
                        && !bound.holds(gauge.getValue())) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean backlogsAreGone(GaugeSampler sampler) {
        Map<String, Double> last = sampler.last();
        return gauges.stream()
                .filter(Gauge::backlog)
                .noneMatch(gauge -> last.getOrDefault(gauge.name(), Double.NaN) > 0);
    }

    private void end(ThreadPoolExecutor executor) {
        executor.shutdown();
        boolean interrupted = Thread.interrupted();
        try {
            // Users may be closing what they keep; whoever was to be interrupted has been.
            boolean ended = executor.awaitTermination(settings.grace().toNanos() / 2, TimeUnit.NANOSECONDS);
            executor.shutdownNow();
            if (!ended && !executor.awaitTermination(settings.grace().toNanos() / 2, TimeUnit.NANOSECONDS)) {
                PhaseRun run = current;
                List<String> stuck = run == null ? List.of() : run.stuck();
                wentWrong(String.format(
                        Locale.ROOT,
                        "%d threads did not end within %s of being interrupted: %s",
                        Math.max(1, stuck.size()),
                        Times.format(settings.grace()),
                        stuck.stream().limit(5).toList()));
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private LoadResult result(
            Plan plan,
            Recorder.Recording recording,
            GaugeSampler sampler,
            @Nullable Recovery recovery,
            @Nullable PhaseResult warmUp,
            Instant startedAt) {
        String aborted = abortedBy == null
                ? null
                : abortedBy + ", after " + howFar() + (aftermath == null ? "" : "; " + aftermath);
        String endedEarly = stopReason == null || aborted != null
                ? null
                : stopReason + (stoppedInWarmUp ? " during the warm-up," : "") + " after " + howFar();
        return new LoadResult(
                scenario,
                startedAt,
                busy,
                planned,
                started,
                recording.succeeded(),
                recording.failed(),
                recording.response(),
                recording.service(),
                recording.lag(),
                recording.failureTime(),
                recording.series(),
                results,
                recording.failures(),
                sampler.series(),
                recovery,
                aborted == null ? plan.breakingPoint(results) : null, // the last step is but a part of one
                facts,
                Machine.here(threads.label()),
                endedEarly,
                faults,
                warmUp,
                aborted,
                generator.health());
    }

    private String howFar() {
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
