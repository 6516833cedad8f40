package io.stampede.internal.engine;

import io.stampede.internal.format.Times;
import io.stampede.internal.plan.Plan;
import io.stampede.internal.recorder.Recorder;
import io.stampede.internal.recorder.Segment;
import io.stampede.internal.schedule.Schedule;
import io.stampede.operation.Iteration;
import io.stampede.operation.Operation;
import io.stampede.result.Ending;
import io.stampede.result.LoadResult;
import io.stampede.result.Machine;
import io.stampede.result.PhaseResult;
import io.stampede.result.Recovery;
import io.stampede.result.Snapshot;
import io.stampede.result.Surroundings;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario once. {@link #run} is called by one thread, which waits there; {@link #stop} may be called by any.
 *
 * <p>Time is {@link System#nanoTime()} throughout, which does not go backwards.
 */
public final class Engine {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration WARM_UP_SETTLE = Duration.ofSeconds(10);

    private final Scenario scenario;
    private final Operation operation;
    private final List<GaugeSource> gauges;
    private final Map<String, String> facts;
    private final EngineSettings settings;
    private final ProgressFeed feed;
    private final Calm calm;
    private final ProcessStats vitals = ProcessStats.ofThisProcess();
    private final MachineCpu machineCpu = new MachineCpu(vitals::machineCpu, System::nanoTime);
    private final GeneratorWatch generator;
    private final Threads threads;

    private final EndReasons reasons = new EndReasons();
    private final Tally tally;
    private final AbortWatch watch;
    private final List<PhaseRun> unfinished = new ArrayList<>(); // whose threads did not all come back
    private volatile @Nullable PhaseRun current;
    private long pausedNanos;

    /**
     * @param gauges read while the run goes on
     * @param facts what the result says of its surroundings
     */
    public Engine(
            Scenario scenario,
            Operation operation,
            List<GaugeSource> gauges,
            Map<String, String> facts,
            EngineSettings settings,
            Progress progress) {
        this.scenario = scenario;
        this.operation = operation;
        this.gauges = List.copyOf(gauges);
        this.facts = facts;
        this.settings = settings;
        this.feed = new ProgressFeed(scenario, progress);
        this.calm = new Calm(scenario, this.gauges, reasons::isOver);
        this.tally = new Tally(scenario);
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
        reasons.stop(reason);
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
        new SelfWarmUp(scenario, settings).run(executor, shards());
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
            feed.begin();
            try {
                runPhases(plan, executor, course);
                sampler.sample();
                feed.tell(Snapshot.Stage.LOAD, "", course);
                Optional<Duration> limit = scenario.kind().recoveryLimit();
                if (!reasons.isOver() && limit.isPresent()) {
                    recovery = calm.afterSpike(
                            sampler, limit.get(), () -> feed.tellNowAndThen(Snapshot.Stage.RECOVERY, "", course));
                    feed.tell(Snapshot.Stage.RECOVERY, "", course);
                }
            } catch (InterruptedException e) {
                stop("interrupted");
                Thread.currentThread().interrupt();
            }
            sampler.markRecovered();
            end(executor);
            return result(
                    plan,
                    recorder.recording(reasons.isOver() ? Duration.ZERO : scenario.duration()),
                    sampler,
                    recovery,
                    warmUp,
                    startedAt);
        }
    }

    private long plannedOperations() {
        return scenario.planFixesOperations() ? scenario.operations() : 0;
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
            if (reasons.isOver()) {
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
            if (!reasons.isOver()) {
                settled = calm.afterWarmUp(
                        sampler,
                        WARM_UP_SETTLE,
                        () -> feed.tellNowAndThen(Snapshot.Stage.WARM_UP, phase.name(), course));
            }
        } catch (InterruptedException e) {
            stop("interrupted");
            Thread.currentThread().interrupt();
        }
        reasons.warmedUp();
        remember(run);
        Segment whole = recorder.takeSegment();
        return new PhaseResult(
                phase.name(), run.planned(), whole.outcomes(), Duration.ZERO, whole.elapsed(), Map.of(), settled, null);
    }

    private List<GaugeSource> withOwn(HeapGauge heap) {
        List<GaugeSource> all = new ArrayList<>(gauges);
        all.add(heap.gauge());
        all.addAll(new ProcessGauges(vitals.sharing(machineCpu.reader()), System::nanoTime).gauges());
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
        for (Phase phase = plan.next(tally.results());
                phase != null && !reasons.isOver();
                phase = reasons.isOver() ? null : plan.next(tally.results())) {
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
                remember(run);
                nextIndex = run.nextIndex();
                feed.phaseIsOver(run, whole);
                if (run.wasSaturated()) {
                    reasons.wentWrong(String.format(
                            Locale.ROOT,
                            "operations of phase %s started late because %,d were in flight already, which the target had not"
                                    + " answered; if it answers as it should, raise stampede.concurrency.max",
                            phase.name(),
                            settings.maxConcurrency()));
                }
                if (run.wasStarved()) {
                    reasons.fault(String.format(
                            Locale.ROOT,
                            "the machine gave no more threads in phase %s; take fewer operations at once, or virtual"
                                    + " threads",
                            phase.name()));
                }
                sampler.sample();
                tally.add(run, plan, sampler.takePeaks());
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            settle(plan.settle(), phase, course);
        }
    }

    private String name(Phase phase) {
        return scenario.phases().size() > 1 ? phase.name() : "";
    }

    /** Waits for the end of a phase, and does meanwhile what has to be done now and then. */
    private void follow(PhaseRun run, Snapshot.Stage stage, String phase, Course course) throws InterruptedException {
        if (reasons.isStopped()) {
            run.stop(); // stopped before anybody could know of this phase
        }
        Schedule schedule = feed.schedule(run);
        while (!run.await(TICK)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            run.expire();
            if (run.isHopeless()) {
                reasons.abort("operations that timed out do not end when they are interrupted, and keep all "
                        + run.stuck().size() + " threads");
                run.stop();
            }
            // Folding what was recorded takes processor time that operations may want: no more often than is of use.
            boolean tell = feed.isDue();
            if (course.watch().hasRules() || tell) {
                Recorder.Live live = look(run, course);
                if (tell) {
                    feed.tell(stage, phase, course, run, schedule, live);
                }
            }
        }
        if (course.watch().hasRules()) {
            look(run, course); // a phase may be over before anybody has looked
        }
    }

    private Recorder.Live look(PhaseRun run, Course course) {
        Recorder.Live live = course.recorder().live();
        feed.add(live);
        long sinceNanos = System.nanoTime() - course.originNanos();
        course.watch()
                .look(sinceNanos - pausedNanos, live, course.sampler().takeRanges())
                .ifPresent(seen -> {
                    reasons.abort(seen);
                    run.stop();
                });
        return live;
    }

    private void settle(Duration limit, Phase phase, Course course) throws InterruptedException {
        if (limit.isZero() || reasons.isOver()) {
            return;
        }
        Duration took = calm.afterStep(
                course.sampler(), limit, () -> feed.tellNowAndThen(Snapshot.Stage.SETTLING, name(phase), course));
        pausedNanos += took.toNanos();
        tally.settled(took);
    }

    private void remember(PhaseRun run) {
        if (run.hasAbandoned()) {
            unfinished.add(run);
        }
    }

    private void end(ThreadPoolExecutor executor) {
        executor.shutdown();
        boolean interrupted = Thread.interrupted();
        try {
            // Users may be closing what they keep; whoever was to be interrupted has been.
            boolean ended = executor.awaitTermination(settings.grace().toNanos() / 2, TimeUnit.NANOSECONDS);
            executor.shutdownNow();
            if (!ended && !executor.awaitTermination(settings.grace().toNanos() / 2, TimeUnit.NANOSECONDS)) {
                abandon();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives up threads that nobody can end, under a name that tells whose they were. */
    private void abandon() {
        Set<Thread> stuck = new LinkedHashSet<>();
        unfinished.forEach(run -> stuck.addAll(run.stuck()));
        PhaseRun last = current;
        if (last != null) {
            stuck.addAll(last.stuck());
        }
        List<String> names = stuck.stream().map(Thread::getName).limit(5).toList();
        stuck.forEach(thread -> thread.setName(thread.getName() + ", abandoned by " + scenario.name()));
        int count = Math.max(1, stuck.size());
        reasons.abandon(String.format(
                Locale.ROOT,
                "%,d %s did not end within %s of being interrupted and %s abandoned: %s",
                count,
                count == 1 ? "thread" : "threads",
                Times.format(settings.grace()),
                count == 1 ? "was" : "were",
                names));
    }

    private LoadResult result(
            Plan plan,
            Recorder.Recording recording,
            GaugeSampler sampler,
            @Nullable Recovery recovery,
            @Nullable PhaseResult warmUp,
            Instant startedAt) {
        String howFar = tally.howFar();
        String aborted = reasons.abortedBy(howFar);
        return LoadResult.of(scenario)
                .surroundings(new Surroundings(startedAt, Machine.here(threads.label()), facts))
                .volume(tally.volume())
                .outcomes(recording.outcomes())
                .failures(recording.failures(), recording.failureTime())
                .series(recording.series())
                .phases(tally.results())
                .warmUp(warmUp)
                .gauges(sampler.series())
                .ending(new Ending(
                        reasons.endedEarly(howFar),
                        aborted,
                        recovery,
                        aborted == null
                                ? plan.breakingPoint(tally.results())
                                : null, // the last step is but a part of one
                        reasons.abandoned()))
                .generator(generator.health().with(recording.lag(), reasons.faults()))
                .build();
    }
}
