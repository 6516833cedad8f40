package io.stampede.engine;

import io.stampede.operation.Operation;
import io.stampede.recorder.Recorder;
import io.stampede.recorder.SegmentRecorder;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.schedule.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One phase under way. One of the free workers leads: it waits until the next operation is due, hands the lead on, and
 * runs the operation itself, so an operation starts in the thread that waited for it. The other free workers are parked.
 * There is always one more worker than operations in flight, so concurrency grows as far as the workload asks.
 */
final class PhaseRun {

    /** More are started as they are needed. */
    private static final int MAX_PRESTARTED = 2_000;

    /** How many workers are woken at once in a burst: one after the other would take as long as all wake-ups together. */
    private static final int WAKE_IN_BURST = 4;

    /** Operations that start later than this wake more workers too. */
    private static final long LATE_NANOS = 50_000;

    private final Operation operation;
    private final Schedule schedule;
    private final Phase phase;
    private final Scenario scenario;
    private final EngineSettings settings;
    private final Executor executor;
    private final Recorder recorder;
    private final List<SegmentRecorder> segments = new ArrayList<>();
    private final long firstIndex;
    private final long runOriginNanos;
    private final Thread owner = Thread.currentThread();

    private final AtomicBoolean led = new AtomicBoolean();
    private final ConcurrentLinkedDeque<Worker> parked = new ConcurrentLinkedDeque<>();
    private final AtomicInteger parkedCount = new AtomicInteger();
    private final AtomicInteger waking = new AtomicInteger(); // woken, and not yet running
    private final AtomicInteger free = new AtomicInteger(); // workers that run no operation
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final Set<Worker> workers = ConcurrentHashMap.newKeySet();
    private final Set<Flight> stages = ConcurrentHashMap.newKeySet(); // operations whose stages have not ended
    private long originNanos;
    private long lastDue = Long.MIN_VALUE; // of whoever leads
    private volatile boolean stopped;
    private volatile boolean saturated;

    PhaseRun(
            Operation operation,
            Phase phase,
            Scenario scenario,
            EngineSettings settings,
            Executor executor,
            Recorder recorder,
            long firstIndex,
            long runOriginNanos) {
        this.operation = operation;
        this.phase = phase;
        this.scenario = scenario;
        this.schedule = Schedule.of(phase.workload(), scenario.seed());
        this.settings = settings;
        this.executor = executor;
        this.recorder = recorder;
        this.firstIndex = firstIndex;
        this.runOriginNanos = runOriginNanos;
        for (int i = 0; i < schedule.segments(); i++) {
            segments.add(new SegmentRecorder());
        }
    }

    /** Gets workers ready, then lets the schedule begin. Called once, by the thread that waits for the end. */
    void begin() throws InterruptedException {
        led.set(true); // nobody leads before all are there
        try {
            int wanted = (int)
                    Math.min(Math.min(phase.workload().simultaneous() + 1, MAX_PRESTARTED), settings.maxConcurrency());
            for (int i = 0; i < wanted; i++) {
                startWorker();
            }
            // The schedule starts when the first operation can: starting threads is not the target's time.
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (parkedCount.get() < wanted && System.nanoTime() < deadline && !stopped) {
                Thread.sleep(1);
            }
            originNanos = System.nanoTime();
        } finally {
            led.set(false);
            handOn(1);
        }
    }

    /** Waits until all operations have ended or the run is stopped, at most {@code duration}. */
    boolean await(Duration duration) {
        long deadline = System.nanoTime() + duration.toNanos();
        while (!isOver()) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                return isOver();
            }
            LockSupport.parkNanos(this, left);
        }
        return true;
    }

    private boolean isOver() {
        return stopped || ended.get() == schedule.size();
    }

    long started() {
        return started.get();
    }

    long ended() {
        return ended.get();
    }

    long planned() {
        return schedule.size();
    }

    /** How many operations are planned in a segment. */
    long planned(int segment) {
        return phase.workload() instanceof Workload.Waves waves
                ? waves.before(segment + 1) - waves.before(segment)
                : schedule.size();
    }

    /** Whether operations had to wait because too many were in flight. */
    boolean wasSaturated() {
        return saturated;
    }

    List<SegmentRecorder> segments() {
        return segments;
    }

    /** Ends operations that have been running for too long, as failures. */
    void expire() {
        long now = System.nanoTime();
        long timeoutNanos = scenario.timeout().toNanos();
        for (Worker worker : workers) {
            Flight flight = worker.flight;
            if (flight != null && now - flight.startNanos > timeoutNanos) {
                worker.abandon(flight, new OperationTimeoutException(scenario.timeout()));
            }
        }
        for (Flight flight : stages) {
            if (now - flight.startNanos > timeoutNanos) {
                land(flight, new OperationTimeoutException(scenario.timeout()));
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
        LockSupport.unpark(owner);
    }

    /** Workers that are still there, such as those whose operations do not react to interruption. */
    List<String> stuck() {
        return workers.stream()
                .map(worker -> worker.thread)
                .filter(thread -> thread != null && thread.isAlive())
                .map(Thread::getName)
                .toList();
    }

    /**
     * Sees to it that somebody takes the lead. One who has been woken and is not there yet will: then no other is
     * disturbed, so that short operations are left to the few workers that are awake.
     */
    private void handOn(int atOnce) {
        while (waking.get() < atOnce) {
            Worker worker = parked.poll();
            if (worker == null) {
                return;
            }
            worker.wake();
        }
    }

    private void startWorker() {
        free.incrementAndGet();
        Worker worker = new Worker();
        workers.add(worker);
        try {
            executor.execute(worker);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // The machine gives no more threads: operations wait for those that there are, and the run says so.
            workers.remove(worker);
            free.decrementAndGet();
            saturated = true;
        }
    }

    /** Ends a flight and records it; false where somebody else had ended it. */
    private boolean end(Flight flight, int from, @Nullable Throwable failure) {
        long endNanos = System.nanoTime();
        if (stopped || !flight.end(from)) {
            return false;
        }
        long due = flight.dueNanos - runOriginNanos;
        long start = flight.startNanos - runOriginNanos;
        long end = endNanos - runOriginNanos;
        recorder.record((int) Thread.currentThread().getId(), flight.index(), due, start, end, failure);
        segments.get(flight.segment).record(due, start, end, failure != null);
        inFlight.decrementAndGet();
        if (ended.incrementAndGet() == schedule.size()) {
            LockSupport.unpark(owner);
        }
        return true;
    }

    private void land(Flight flight, @Nullable Throwable failure) {
        end(flight, Flight.STAGED, failure);
        stages.remove(flight);
    }

    private final class Worker implements Runnable {

        private static final int AWAKE = 0;
        private static final int PARKED = 1;

        private final AtomicInteger state = new AtomicInteger();
        private volatile @Nullable Flight flight;
        private volatile @Nullable Thread thread;

        @Override
        public void run() {
            thread = Thread.currentThread();
            try {
                work();
            } catch (InterruptedException e) {
                // The run was stopped.
            } finally {
                free.decrementAndGet();
                workers.remove(this);
                Thread.interrupted(); // an interruption was meant for this run, not for the thread's next one
            }
        }

        private void work() throws InterruptedException {
            Flight next = take();
            while (next != null) {
                flight = next;
                Throwable failure = call(next);
                flight = null;
                CompletionStage<?> stage = failure == null ? next.stage() : null;
                boolean mine = stage != null ? follow(next, stage) : end(next, Flight.RUNNING, failure);
                if (!mine) {
                    endedByWatch(next);
                }
                Thread.interrupted(); // an operation may interrupt its thread; the next one shall not feel it
                free.incrementAndGet();
                next = take();
            }
        }

        /** The next operation, when it is due; null where there is none. */
        private @Nullable Flight take() throws InterruptedException {
            while (!led.compareAndSet(false, true)) {
                waitForTheLead();
            }
            boolean more = false;
            try {
                if (stopped || !schedule.hasNext()) {
                    return null;
                }
                long index = schedule.nextIndex();
                long due = originNanos + schedule.nextDueNanos();
                if (free.get() == 1 && schedule.hasNext()) {
                    if (workers.size() < settings.maxConcurrency()) {
                        startWorker();
                    } else if (due - System.nanoTime() < 0) {
                        saturated = true;
                    }
                }
                awaitDue(due);
                awaitPlace();
                if (stopped) {
                    return null;
                }
                more = due == lastDue || System.nanoTime() - due > LATE_NANOS;
                lastDue = due;
                free.decrementAndGet();
                inFlight.incrementAndGet();
                started.incrementAndGet();
                return new Flight(
                        scenario.seed(),
                        firstIndex + index,
                        phase.name(),
                        schedule.segment(index),
                        due,
                        System.nanoTime());
            } finally {
                led.set(false);
                handOn(more ? WAKE_IN_BURST : 1);
            }
        }

        // Parks until somebody hands the lead on. The lead may have become free between the failed attempt and the
        // entry
        // into the list, where the one who gave it up could not see this worker: hence the second look.
        private void waitForTheLead() throws InterruptedException {
            state.set(PARKED);
            parked.push(this);
            parkedCount.incrementAndGet();
            if (!led.get() && state.compareAndSet(PARKED, AWAKE)) {
                parked.remove(this);
            } else {
                while (state.get() == PARKED && !stopped) {
                    LockSupport.park(PhaseRun.this);
                    endIfStopped();
                }
                waking.decrementAndGet();
            }
            parkedCount.decrementAndGet();
        }

        private void awaitDue(long due) throws InterruptedException {
            long spinNanos = settings.spin().toNanos();
            for (long left = due - System.nanoTime(); left > 0 && !stopped; left = due - System.nanoTime()) {
                if (left > spinNanos) {
                    LockSupport.parkNanos(PhaseRun.this, left - spinNanos);
                    endIfStopped();
                } else {
                    Thread.onSpinWait();
                }
            }
        }

        // Operations whose stages go on need no thread, so the workers alone do not bound them.
        private void awaitPlace() throws InterruptedException {
            while (inFlight.get() >= settings.maxConcurrency() && !stopped) {
                saturated = true;
                LockSupport.parkNanos(PhaseRun.this, 1_000_000);
                endIfStopped();
            }
        }

        // Interruptions other than those of stop() are strays, of an operation that kept its thread: they end no
        // worker.
        private void endIfStopped() throws InterruptedException {
            if (Thread.interrupted() && stopped) {
                throw new InterruptedException();
            }
        }

        private @Nullable Throwable call(Flight flight) {
            try {
                operation.run(flight);
                return null;
            } catch (Throwable e) {
                return e;
            }
        }

        private boolean follow(Flight flight, CompletionStage<?> stage) {
            stages.add(flight); // before it can end, so that its end takes it out
            if (!flight.stageIt()) {
                stages.remove(flight);
                return false;
            }
            try {
                stage.whenComplete((value, failure) -> land(flight, unwrapped(failure)));
            } catch (RuntimeException | Error e) {
                land(flight, e); // a stage that cannot be followed never tells its end
            }
            return true;
        }

        /** Does nothing to one that has taken the lead by itself. */
        void wake() {
            waking.incrementAndGet(); // before it can be awake and count itself out
            if (state.compareAndSet(PARKED, AWAKE)) {
                LockSupport.unpark(thread);
            } else {
                waking.decrementAndGet();
            }
        }

        /** From the watch: the flight counts as ended, and its thread is told. */
        void abandon(Flight flight, Throwable failure) {
            if (end(flight, Flight.RUNNING, failure)) {
                Thread runner = thread;
                if (runner != null) {
                    runner.interrupt();
                }
                flight.interrupted = true;
            }
        }

        // Waits for the interruption that is certainly on its way, so that it does not hit the next operation.
        private void endedByWatch(Flight flight) {
            while (!flight.interrupted && !stopped) {
                Thread.onSpinWait();
            }
        }
    }

    private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
