package io.stampede.internal.engine;

import io.stampede.internal.recorder.Recorder;
import io.stampede.internal.recorder.Segment;
import io.stampede.internal.recorder.SegmentRecorder;
import io.stampede.operation.Operation;
import io.stampede.operation.OperationTimeoutException;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One phase under way: workers that run operations, one each at a time, until there is no other to run. Which operation
 * is next, and when, is for {@link OpenRun} and {@link UsersRun} to say.
 *
 * <p>Created, begun and waited for by one thread, its owner. Workers share nothing for each operation but the shards of
 * the recorder: what they count, they count for themselves.
 */
abstract class PhaseRun {

    private static final long TEND_NANOS = 10_000_000;
    private static final long TEND_CLOSELY_NANOS = 1_000_000;
    private static final long WORKERS_READY_NANOS = 10_000_000_000L;

    /** An operation that took less was quicker than waking a thread for it would have been. */
    private static final long QUICK_NANOS = 20_000;

    final Phase phase;
    final EngineSettings settings;
    final long firstIndex;
    final AtomicInteger staged = new AtomicInteger(); // operations whose methods have returned and whose stages go on
    final AtomicInteger workerCount = new AtomicInteger();
    final Set<Worker> workers = ConcurrentHashMap.newKeySet();
    volatile boolean stopped;
    volatile boolean saturated;
    volatile boolean starved;
    volatile long originNanos; // when the phase began

    private final Operation operation;
    private final Scenario scenario;
    private final Executor executor;
    private final Recorder recorder;
    private final List<SegmentRecorder> segments = new ArrayList<>(); // empty where there is but one
    private final long runOriginNanos;
    private final Thread owner = Thread.currentThread();
    private final Set<Flight> stages = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Throwable failure;
    private final AtomicLong endedElsewhere = new AtomicLong(); // by stages and by the watch
    private final Object leaving = new Object();
    private long startedByGone; // guarded by leaving, as is the next
    private long endedByGone;
    private long mostStartedByGone;

    PhaseRun(Setup setup, Phase phase, Recorder recorder, int segments, long firstIndex, long runOriginNanos) {
        this.operation = setup.operation;
        this.phase = phase;
        this.scenario = setup.scenario;
        this.settings = setup.settings;
        this.executor = setup.executor;
        this.recorder = recorder;
        this.firstIndex = firstIndex;
        this.runOriginNanos = runOriginNanos;
        for (int i = 0; segments > 1 && i < segments; i++) {
            this.segments.add(new SegmentRecorder(planned(phase.workload(), i)));
        }
    }

    /** What all phases of a run have in common. */
    record Setup(Operation operation, Scenario scenario, EngineSettings settings, Executor executor) {

        /**
         * A phase that has not begun.
         *
         * @param firstIndex of its operations
         * @param runOriginNanos what times are recorded from
         */
        PhaseRun run(Phase phase, Recorder recorder, long firstIndex, long runOriginNanos) {
            return phase.workload() instanceof Workload.Users users
                    ? new UsersRun(this, phase, users, recorder, firstIndex, runOriginNanos)
                    : new OpenRun(this, phase, recorder, firstIndex, runOriginNanos);
        }
    }

    /** Gets workers ready, then begins. Called once. */
    abstract void begin() throws InterruptedException;

    /** Time begins when the first operation can start: starting threads is not the target's time. */
    void awaitWorkers(AtomicInteger ready) throws InterruptedException {
        long deadline = System.nanoTime() + WORKERS_READY_NANOS;
        while (ready.get() < workerCount.get() && System.nanoTime() < deadline && !stopped) {
            Thread.sleep(1);
        }
    }

    /** How many operations there are to run; those started so far where the target decides. */
    abstract long planned();

    /** How many operations are planned in a segment. */
    long planned(int segment) {
        return segments.isEmpty() ? planned() : planned(phase.workload(), segment);
    }

    private static long planned(Workload workload, int segment) {
        return workload instanceof Workload.Waves waves
                ? waves.before(segment + 1) - waves.before(segment)
                : workload.operations();
    }

    /** The first index that none of this phase's operations has. */
    abstract long nextIndex();

    abstract boolean isOver();

    /** Waits until all operations have ended or the run is stopped, at most {@code duration}. */
    boolean await(Duration duration) {
        long deadline = System.nanoTime() + duration.toNanos();
        while (!stopped && !isOver()) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                return stopped || isOver();
            }
            LockSupport.parkNanos(this, Math.min(left, TEND_NANOS));
            while (tend() && !stopped && !isOver() && deadline - System.nanoTime() > 0) {
                LockSupport.parkNanos(this, TEND_CLOSELY_NANOS);
            }
        }
        return true;
    }

    /**
     * Called by the owner every now and then.
     *
     * @return whether it is to look again soon
     */
    boolean tend() {
        return false;
    }

    long started() {
        synchronized (leaving) {
            long sum = startedByGone;
            for (Worker worker : workers) { // asked every few milliseconds, for which a stream is dear
                sum += worker.started();
            }
            return sum;
        }
    }

    /** How many operations the worker has started that has started the most. */
    long mostStarted() {
        synchronized (leaving) {
            return Math.max(
                    mostStartedByGone,
                    workers.stream().mapToLong(Worker::started).max().orElse(0));
        }
    }

    long ended() {
        synchronized (leaving) {
            return endedByGone
                    + endedElsewhere.get()
                    + workers.stream().mapToLong(Worker::ended).sum();
        }
    }

    /** Whether operations had to wait because too many were in flight. */
    boolean wasSaturated() {
        return saturated;
    }

    /** Whether the machine gave fewer threads than were wanted. */
    boolean wasStarved() {
        return starved;
    }

    /** What ended the phase that should not have, such as memory that ran out; null where nothing did. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** What was recorded of each segment; called once, when the phase is over. */
    List<Segment> takeSegments() {
        Segment whole = recorder.takeSegment();
        return segments.isEmpty()
                ? List.of(whole)
                : segments.stream().map(SegmentRecorder::segment).toList();
    }

    /** Ends operations that have been running for too long, as failures. */
    void expire() {
        long now = System.nanoTime();
        long timeoutNanos = scenario.timeout().toNanos();
        for (Worker worker : workers) {
            Flight flight = worker.current();
            if (flight != null && !flight.isEnded() && now - flight.startNanos > timeoutNanos) {
                worker.abandon(flight, new OperationTimeoutException(scenario.timeout()));
            }
        }
        for (Flight flight : stages) {
            if (now - flight.startNanos > timeoutNanos) {
                land(flight, new OperationTimeoutException(scenario.timeout()));
                flight.abandonStage();
            }
        }
    }

    /** Starts no more operations, and interrupts those that are running. What has not ended is not counted. */
    void stop() {
        stopped = true;
        for (Worker worker : workers) {
            Thread thread = worker.thread;
            if (thread != null) {
                thread.interrupt();
            }
        }
        stages.forEach(Flight::abandonStage);
        LockSupport.unpark(owner);
    }

    /** Threads of workers that are still there, such as those whose operations do not react to interruption. */
    List<Thread> stuck() {
        return workers.stream()
                .map(worker -> worker.thread)
                .filter(Objects::nonNull)
                .filter(Thread::isAlive)
                .toList();
    }

    /** Whether operations that have ended as too long keep their threads. */
    boolean hasAbandoned() {
        return workers.stream().anyMatch(Worker::isAbandoned);
    }

    /** Whether there are operations left to start, and will never be a thread for them. Called by the owner. */
    boolean isHopeless() {
        return false;
    }

    /** False where there may be no more threads, or the machine gives no more. */
    boolean start(Worker worker) {
        if (starved || workerCount.incrementAndGet() > settings.maxConcurrency()) {
            if (!starved) {
                workerCount.decrementAndGet();
            }
            return false;
        }
        workers.add(worker);
        try {
            executor.execute(worker);
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            workers.remove(worker);
            workerCount.decrementAndGet();
            starved = true; // operations wait for the threads that there are, and the run says so
            return false;
        }
    }

    Flight flight(long index, @Nullable User user, int segment, long dueNanos, long startNanos) {
        return new Flight(scenario.seed(), index, phase.name(), user, segment, dueNanos, startNanos);
    }

    void tellOwner() {
        LockSupport.unpark(owner);
    }

    private boolean record(
            int stripe, Recorder.Claim claim, Flight flight, long endNanos, @Nullable Throwable failure) {
        long due = flight.dueNanos - runOriginNanos;
        long start = flight.startNanos - runOriginNanos;
        long end = endNanos - runOriginNanos;
        if (!recorder.record(stripe, claim, flight.index(), due, start, end, failure)) {
            return false;
        }
        if (!segments.isEmpty()) {
            segments.get(flight.segment).record(due, start, end, failure != null);
        }
        return true;
    }

    /** Ends a flight whose stage has ended, or has taken too long. */
    private void land(Flight flight, @Nullable Throwable failure) {
        long endNanos = System.nanoTime();
        int stripe = (int) Thread.currentThread().getId();
        try {
            if (!stopped && record(stripe, flight::land, flight, endNanos, failure)) {
                endedElsewhere.incrementAndGet();
            }
        } finally {
            forget(flight);
            landed(flight);
        }
    }

    private void forget(Flight flight) {
        if (stages.remove(flight)) {
            staged.decrementAndGet();
        }
    }

    /** Called when a stage is no longer waited for, by whoever ended it. */
    abstract void landed(Flight flight);

    private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Runs one operation after the other in a thread of its own. */
    abstract class Worker implements Runnable, Recorder.Claim {

        final int number;
        volatile @Nullable Thread thread;

        /** When the last operation here had ended, so that the clock need not be asked again; long ago for none. */
        long clockNanos = Long.MIN_VALUE / 2;

        /** Whether the last operation here was over in no time, so that the next one may well be. */
        boolean quick;

        @SuppressWarnings("UnusedVariable") // read and written through FLIGHT
        private @Nullable Flight flight;

        private @Nullable Flight ending;
        private long started;
        private long ended;

        Worker(int number) {
            this.number = number;
        }

        /**
         * The next operation, once it is due; null where there is none.
         *
         * @throws InterruptedException where the run was stopped
         */
        abstract @Nullable Flight next() throws InterruptedException;

        /** The operation has ended, or goes on without this thread. */
        void ran(Flight ended) throws InterruptedException {}

        /** The worker is done, and counted as gone: what this does keeps nobody waiting. */
        void leave() {}

        @Override
        public final void run() {
            thread = Thread.currentThread();
            try {
                work();
            } catch (InterruptedException e) {
                // The run was stopped.
            } catch (Throwable e) {
                failure = e; // not the operation's, whose own are caught: without this worker the phase would not end
                PhaseRun.this.stop();
            } finally {
                synchronized (leaving) {
                    startedByGone += started;
                    endedByGone += ended;
                    mostStartedByGone = Math.max(mostStartedByGone, started);
                    workers.remove(this);
                }
                workerCount.decrementAndGet();
                Thread.interrupted(); // an interruption was meant for this run, not for the thread's next one
                tellOwner();
                leave();
            }
        }

        private void work() throws InterruptedException {
            Flight next = next();
            while (next != null) {
                FLIGHT.setRelease(this, next);
                STARTED.setRelease(this, started + 1);
                Throwable failure = call(next);
                if (failure == null && next.goesOn()) {
                    follow(next);
                } else {
                    endHere(next, failure);
                }
                FLIGHT.setRelease(this, null);
                Thread.interrupted(); // an operation may interrupt its thread; the next one shall not feel it
                ran(next);
                next = next();
            }
        }

        private @Nullable Throwable call(Flight next) {
            try {
                operation.run(next);
                return null;
            } catch (Throwable e) {
                return e;
            }
        }

        /** Whether the flight that is ending here counts: not after a stop, when what there is is counted already. */
        @Override
        public final boolean take() {
            return !stopped && ending != null && ending.take();
        }

        private void endHere(Flight next, @Nullable Throwable failure) {
            long now = System.nanoTime();
            clockNanos = now;
            quick = now - next.startNanos < QUICK_NANOS;
            if (stopped) {
                return;
            }
            ending = next;
            if (record(number, this, next, now, failure)) {
                ENDED.setRelease(this, ended + 1);
            } else {
                awaitInterruption(next);
            }
        }

        private void follow(Flight next) {
            CompletionStage<?> stage;
            try {
                stage = next.stage(); // while the watch can still interrupt it
            } catch (RuntimeException | Error e) {
                next.abandonStage();
                endHere(next, e);
                return;
            }
            if (stage == null) {
                throw new IllegalStateException("Operation " + next.index() + " has no stage");
            }
            staged.incrementAndGet();
            stages.add(next); // before it can end, so that its end takes it out
            clockNanos = System.nanoTime();
            if (!next.stageIt()) {
                forget(next);
                next.abandonStage();
                awaitInterruption(next);
                return;
            }
            try {
                stage.whenComplete((value, failure) -> land(next, unwrapped(failure)));
            } catch (RuntimeException | Error e) {
                land(next, e); // a stage that cannot be followed never tells its end
            }
            if (stopped || next.isEnded()) {
                next.abandonStage(); // who ended it may have come too early to find it
            }
        }

        /** From the watch: the flight counts as ended, and its thread is told. */
        private void abandon(Flight late, Throwable failure) {
            long now = System.nanoTime();
            // With the worker's own stripe, so that it cannot end the flight at the same time.
            if (!stopped && record(number, late::abandon, late, now, failure)) {
                endedElsewhere.incrementAndGet();
                Thread runner = thread;
                if (runner != null) {
                    runner.interrupt();
                }
                late.interrupted = true;
            }
        }

        // Waits for the interruption that is certainly on its way, so that it does not hit the next operation.
        private void awaitInterruption(Flight late) {
            while (!late.interrupted && !stopped) {
                Thread.onSpinWait();
            }
        }

        /** Sleeps, then spins for the last stretch, as far as the settings allow that. */
        void await(long untilNanos, long spinNanos) throws InterruptedException {
            for (long left = untilNanos - System.nanoTime(); left > 0; left = untilNanos - System.nanoTime()) {
                if (left > spinNanos) {
                    LockSupport.parkNanos(PhaseRun.this, left - spinNanos);
                } else {
                    Thread.onSpinWait();
                }
                endIfStopped();
            }
        }

        // Interruptions other than those of stop() are strays, of an operation that kept its thread: they end no
        // worker.
        void endIfStopped() throws InterruptedException {
            Thread.interrupted(); // before the look at stopped, which is set before it interrupts
            if (stopped) {
                throw new InterruptedException();
            }
        }

        /** Whether the operation has ended as too long, and has not returned yet. */
        boolean isAbandoned() {
            Flight running = current();
            return running != null && running.interrupted;
        }

        @Nullable
        Flight current() {
            return (Flight) FLIGHT.getAcquire(this);
        }

        final long started() {
            return (long) STARTED.getAcquire(this);
        }

        private long ended() {
            return (long) ENDED.getAcquire(this);
        }
    }

    // Written by the worker's thread alone and read by the owner's: an ordinary volatile write for each would cost as
    // much as the operation's own sample.
    private static final VarHandle FLIGHT;
    private static final VarHandle STARTED;
    private static final VarHandle ENDED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Worker.class, MethodHandles.lookup());
            FLIGHT = lookup.findVarHandle(Worker.class, "flight", Flight.class);
            STARTED = lookup.findVarHandle(Worker.class, "started", long.class);
            ENDED = lookup.findVarHandle(Worker.class, "ended", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
