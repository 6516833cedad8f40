package io.stampede.engine;

import io.stampede.operation.Operation;
import io.stampede.plan.Plan;
import io.stampede.recorder.Recorder;
import io.stampede.recorder.SegmentRecorder;
import io.stampede.result.LoadResult;
import io.stampede.result.Machine;
import io.stampede.result.PhaseResult;
import io.stampede.result.Recovery;
import io.stampede.scenario.Bound;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Target;
import io.stampede.scenario.Times;
import io.stampede.scenario.Workload;
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

    private final Scenario scenario;
    private final Operation operation;
    private final List<Gauge> gauges;
    private final Map<String, String> facts;
    private final EngineSettings settings;
    private final Progress progress;
    private final GeneratorWatch watch;

    private final List<PhaseResult> results = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private volatile @Nullable String stopReason;
    private volatile @Nullable PhaseRun current;
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
        this.watch = new GeneratorWatch(settings.validity());
    }

    /** Starts no more operations and ends those under way; {@link #run} returns soon, with what there is. */
    public void stop(String reason) {
        stopReason = reason;
        PhaseRun run = current;
        if (run != null) {
            run.stop();
        }
    }

    /**
     * Runs to the end of the plan, or until {@link #stop} or an interruption of the calling thread; then the result says
     * so, and the thread's interrupted status is set.
     */
    public LoadResult run(Plan plan) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                settings.threads().factory());
        warmUp(executor);
        Recorder recorder = new Recorder(shards());
        Instant startedAt = Instant.now();
        long originNanos = System.nanoTime();
        try (GeneratorWatch watching = watch;
                HeapGauge heap = new HeapGauge();
                GaugeSampler sampler = new GaugeSampler(with(heap.gauge()), originNanos, settings.gaugeEvery())) {
            watching.start();
            sampler.start();
            Recovery recovery = null;
            try {
                runPhases(plan, executor, recorder, sampler, originNanos);
                sampler.sample();
                if (stopReason == null && scenario.kind() instanceof Kind.Spike spike) {
                    recovery = recover(sampler, spike.recovery());
                }
            } catch (InterruptedException e) {
                stop("interrupted");
                Thread.currentThread().interrupt();
            }
            sampler.markRecovered();
            end(executor);
            return result(plan, recorder.recording(), sampler, recovery, startedAt);
        }
    }

    /**
     * Runs the engine's own code, once per JVM, with an operation that does nothing: loading and compiling it is not the
     * target's time. Without this the first burst of a JVM started its operations up to 50 ms late.
     */
    private void warmUp(ThreadPoolExecutor executor) {
        if (!WARM.compareAndSet(false, true)) {
            return;
        }
        Phase phase = new Phase("warm-up", Workload.burst(WARM_UP_OPERATIONS));
        try {
            for (int round = 0;
                    round < WARM_UP_ROUNDS && !Thread.currentThread().isInterrupted();
                    round++) {
                PhaseRun run = new PhaseRun(
                        iteration -> {},
                        phase,
                        scenario,
                        settings,
                        executor,
                        new Recorder(shards()),
                        0,
                        System.nanoTime());
                run.begin();
                if (!run.await(Duration.ofSeconds(1))) {
                    run.stop();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the run itself will see it and say so
        }
    }

    private List<Gauge> with(Gauge heap) {
        List<Gauge> all = new ArrayList<>(gauges);
        all.add(heap);
        return all;
    }

    private static int shards() {
        int processors = Runtime.getRuntime().availableProcessors();
        return Math.min(32, Integer.highestOneBit(Math.max(1, processors * 2 - 1)) * 2);
    }

    private void runPhases(
            Plan plan, ThreadPoolExecutor executor, Recorder recorder, GaugeSampler sampler, long originNanos)
            throws InterruptedException {
        for (Phase phase = plan.next(results);
                phase != null && stopReason == null;
                phase = stopReason == null ? plan.next(results) : null) {
            PhaseRun run = new PhaseRun(operation, phase, scenario, settings, executor, recorder, planned, originNanos);
            current = run;
            sampler.takePeaks();
            try {
                run.begin();
                watch.enter(phase.workload(), run::started);
                follow(run, phase, recorder, sampler, originNanos);
            } finally {
                watch.leave();
                if (Thread.currentThread().isInterrupted()) {
                    stop("interrupted");
                }
                if (run.ended() < run.planned()) {
                    run.stop();
                }
                planned += run.planned();
                started += run.started();
                ended += run.ended();
                if (run.wasSaturated()) {
                    faults.add(String.format(
                            Locale.ROOT,
                            "operations of phase %s started late because %,d were in flight already; raise"
                                    + " stampede.concurrency.max",
                            phase.name(),
                            settings.maxConcurrency()));
                }
                sampler.sample();
                add(run, phase, sampler.takePeaks());
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            settle(plan.settle(), sampler);
        }
    }

    /** Waits for the end of a phase, and does meanwhile what has to be done now and then. */
    private void follow(PhaseRun run, Phase phase, Recorder recorder, GaugeSampler sampler, long originNanos)
            throws InterruptedException {
        if (stopReason != null) {
            run.stop(); // stopped before anybody could know of this phase
        }
        while (!run.await(TICK)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            run.expire();
            Recorder.Live live = recorder.live();
            progress.show(new Progress.Snapshot(
                    scenario.phases().size() > 1 ? phase.name() : "",
                    live.succeeded() + live.failed(),
                    scenario.operations(),
                    live.failed(),
                    live.p95Nanos(),
                    sampler.last(),
                    Duration.ofNanos(System.nanoTime() - originNanos),
                    scenario.duration()));
        }
    }

    private void add(PhaseRun run, Phase phase, Map<String, Double> peaks) {
        List<SegmentRecorder> segments = run.segments();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < segments.size(); i++) {
            SegmentRecorder.Segment segment = segments.get(i).segment();
            long ended = segment.succeeded() + segment.failed();
            if (ended > 0) {
                first = Math.min(first, segment.firstDueNanos());
                last = Math.max(last, segment.lastEndNanos());
            }
            results.add(new PhaseResult(
                    segments.size() == 1 ? phase.name() : "tick " + (i + 1),
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
        if (last > first) {
            busy = busy.plusNanos(last - first);
        }
    }

    private void settle(Duration limit, GaugeSampler sampler) throws InterruptedException {
        if (limit.isZero() || stopReason != null) {
            return;
        }
        Duration took = await(limit, sampler, () -> judgedKeepTargets(sampler) && backlogsAreGone(sampler));
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

    private Recovery recover(GaugeSampler sampler, Duration limit) throws InterruptedException {
        Duration took = await(limit, sampler, () -> judgedKeepTargets(sampler));
        return new Recovery(took, judgedKeepTargets(sampler), limit);
    }

    private Duration await(Duration limit, GaugeSampler sampler, BooleanSupplier condition)
            throws InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            sampler.sample();
            long taken = System.nanoTime() - begin;
            if (condition.getAsBoolean() || taken >= limit.toNanos() || stopReason != null) {
                return Duration.ofNanos(taken);
            }
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
        executor.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            if (!executor.awaitTermination(settings.grace().toNanos(), TimeUnit.NANOSECONDS)) {
                PhaseRun run = current;
                List<String> stuck = run == null ? List.of() : run.stuck();
                faults.add(String.format(
                        Locale.ROOT,
                        "%d threads did not end within %s of being interrupted: %s",
                        Math.max(1, stuck.size()),
                        Times.format(settings.grace()),
                        stuck.stream().limit(5).toList()));
            }
        } catch (InterruptedException e) {
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
            Instant startedAt) {
        String reason = stopReason;
        String endedEarly = reason == null
                ? null
                : String.format(Locale.ROOT, "%s after %,d of %,d operations", reason, ended, scenario.operations());
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
                plan.breakingPoint(results),
                facts,
                Machine.here(settings.threads().label()),
                endedEarly,
                faults,
                null,
                null,
                watch.health());
    }
}
