package io.stampede.internal.engine;

import io.stampede.internal.recorder.Recorder;
import io.stampede.internal.schedule.Schedule;
import io.stampede.scenario.Phase;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations when they are due, however long others take. Whoever is free takes the next operation: at once where
 * it is due, else one of the free workers, the timekeeper, takes it and waits for its time, so that an operation starts in
 * the thread that waited for it. Shortly before that time it lets another be timekeeper, so that waking that one is done
 * before the operation starts. The other free workers are parked. There is a free one always, so concurrency grows as far
 * as the workload asks.
 */
final class OpenRun extends PhaseRun {

    /** More are started as they are needed. */
    private static final int MAX_PRESTARTED = 2_000;

    /** How many workers are woken at once in a burst: one after the other would take as long as all wake-ups together. */
    private static final int WAKE_IN_BURST = 4;

    /** How long before its own operation a timekeeper wakes the next one: what waking costs at most, usually. */
    private static final long HAND_OVER_NANOS = 25_000;

    /** As many as can keep all processors busy. */
    private static final int BUSY_WORKERS = 2 * Runtime.getRuntime().availableProcessors();

    private final Schedule schedule;
    private final Agenda agenda;
    private final ConcurrentLinkedDeque<OpenWorker> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger idleCount = new AtomicInteger();
    private final AtomicInteger waking = new AtomicInteger(); // woken or started, and not yet there
    private final AtomicInteger placeless = new AtomicInteger(); // waiting until fewer operations are in flight
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicBoolean kept; // whether there is a timekeeper
    private volatile boolean begun;
    private volatile boolean quickly; // whether operations were over in no time lately
    private volatile boolean unguarded; // whether operations were taken that woke nobody
    private long seenTaken; // by the owner, as the next two
    private long keptSinceNanos;
    private long keptSinceTaken = -1;

    OpenRun(Setup setup, Phase phase, Recorder recorder, long firstIndex, long runOriginNanos) {
        this(
                setup,
                phase,
                Schedule.of(phase.workload(), setup.scenario().seed()),
                recorder,
                firstIndex,
                runOriginNanos);
    }

    private OpenRun(
            Setup setup, Phase phase, Schedule schedule, Recorder recorder, long firstIndex, long runOriginNanos) {
        super(setup, phase, recorder, schedule.segments(), firstIndex, runOriginNanos);
        this.schedule = schedule;
        this.agenda = new Agenda(schedule);
        this.kept = new AtomicBoolean(true); // nobody is before all are there
    }

    @Override
    void begin() throws InterruptedException {
        int wanted = (int)
                Math.min(Math.min(phase.workload().simultaneous() + 1, MAX_PRESTARTED), settings.maxConcurrency());
        try {
            for (int i = 0; i < wanted; i++) {
                startWorker();
            }
            awaitWorkers(idleCount);
        } catch (InterruptedException e) {
            stop();
            throw e;
        } finally {
            originNanos = System.nanoTime();
            begun = true;
            kept.set(false);
            wake(1);
        }
    }

    @Override
    long planned() {
        return schedule.size();
    }

    @Override
    long nextIndex() {
        return firstIndex + schedule.size();
    }

    @Override
    boolean isOver() {
        return agenda.isEmpty() && ended() == schedule.size();
    }

    @Override
    void landed(Flight flight) {
        if (agenda.isEmpty()) {
            tellOwner();
        }
    }

    // Workers whose operations were quick wake nobody. Should all of them block at once, somebody else has to look.
    @Override
    boolean tend() {
        if (!begun || !isLate()) {
            unguarded = false;
        } else if (waking.get() == 0) {
            long taken = agenda.taken();
            boolean stuck = taken == seenTaken;
            seenTaken = taken;
            if (stuck) {
                quickly = false;
            }
            if (stuck || workerCount.get() - idleCount.get() < BUSY_WORKERS) {
                if (hasIdle()) {
                    wake(WAKE_IN_BURST);
                } else {
                    startOneMore();
                }
            }
        }
        return unguarded;
    }

    // Only an operation that ends gives its thread back. Most do when they are interrupted, if they are given the time.
    @Override
    boolean isHopeless() {
        long now = System.nanoTime();
        long taken = agenda.taken();
        if (taken != keptSinceTaken || !isKeptWhole()) {
            keptSinceTaken = taken;
            keptSinceNanos = now;
        }
        return now - keptSinceNanos > settings.grace().toNanos();
    }

    /** Whether operations that have timed out keep all the threads that there may be. */
    private boolean isKeptWhole() {
        return !agenda.isEmpty()
                && (starved || workerCount.get() >= settings.maxConcurrency())
                && !workers.isEmpty()
                && workers.stream().allMatch(Worker::isAbandoned);
    }

    private boolean isLate() {
        return System.nanoTime() - originNanos > agenda.nextDueNanos();
    }

    private void startOneMore() {
        if (workerCount.get() < settings.maxConcurrency()) {
            startWorker();
        } else if (isLate()) {
            saturated = true;
        }
    }

    /**
     * Sees to it that somebody will look for work. One who has been woken and is not there yet will: then no other is
     * disturbed, so that short operations are left to the few workers that are awake.
     */
    private void wake(int atOnce) {
        while (waking.get() < atOnce) {
            OpenWorker worker = idle.poll();
            if (worker == null) {
                return;
            }
            worker.wakeUp();
        }
    }

    // One that is awake may be listed still. It takes itself out: whoever else did could meet it parked and listed
    // anew,
    // and nobody would ever wake it.
    private boolean hasIdle() {
        for (OpenWorker worker : idle) {
            if (worker.isParked()) {
                return true;
            }
        }
        return false;
    }

    private void startWorker() {
        waking.incrementAndGet();
        if (!start(new OpenWorker(numbers.getAndIncrement()))) {
            waking.decrementAndGet();
        }
    }

    private final class OpenWorker extends Worker {

        private static final int AWAKE = 0;
        private static final int PARKED = 1;

        private final AtomicInteger state = new AtomicInteger();
        private final Agenda.Due due = new Agenda.Due();
        private boolean arrived;

        OpenWorker(int number) {
            super(number);
        }

        @Override
        @Nullable
        Flight next() throws InterruptedException {
            if (!arrived) {
                arrived = true;
                waking.decrementAndGet();
            } else if (quick != quickly) {
                quickly = quick;
            }
            while (!stopped && !agenda.isEmpty()) {
                // Before the beginning, nobody but the timekeeper looks, and nobody is.
                if (begun) {
                    if (!quick || agenda.nextDueNanos() > clockNanos - originNanos) {
                        keepASpare();
                    }
                    Flight next = takeDue();
                    if (next != null) {
                        return next;
                    }
                }
                if (kept.compareAndSet(false, true)) {
                    return keepTime();
                }
                if (!agenda.isEmpty()) {
                    park();
                }
            }
            return null;
        }

        /** An operation that is due already. */
        private @Nullable Flight takeDue() throws InterruptedException {
            long now = clockNanos - originNanos;
            long index = agenda.take(now, due);
            if (index == Agenda.NOTHING) {
                now = System.nanoTime() - originNanos;
                index = agenda.take(now, due);
                if (index == Agenda.NOTHING) {
                    return null;
                }
            }
            if (agenda.nextDueNanos() > now) {
                if (!kept.get()) {
                    wake(1);
                }
            } else if (!quick) {
                wake(WAKE_IN_BURST);
            } else if (!unguarded) {
                unguarded = true;
            }
            awaitPlace();
            return start(index);
        }

        /** The next operation, after waiting for its time; the caller is timekeeper. */
        private @Nullable Flight keepTime() throws InterruptedException {
            long index;
            boolean passed = false;
            try {
                index = agenda.take(Long.MAX_VALUE, due);
                if (index == Agenda.NOTHING) {
                    return null;
                }
                long dueNanos = originNanos + due.nanos;
                long spinNanos = spinNanos();
                await(dueNanos - Math.min(spinNanos, HAND_OVER_NANOS), spinNanos);
                kept.set(false);
                passed = true;
                wake(agenda.nextDueNanos() <= due.nanos ? WAKE_IN_BURST : 1);
                await(dueNanos, spinNanos);
                awaitPlace();
            } finally {
                if (!passed) {
                    kept.set(false);
                    wake(1);
                }
            }
            return start(index);
        }

        // At most half of the time between two operations, so that waiting leaves the processor to others for the rest.
        private long spinNanos() {
            long gapNanos = agenda.nextDueNanos() - due.nanos;
            long most = settings.spin().toNanos();
            return gapNanos > 0 ? Math.min(most, gapNanos / 2) : most;
        }

        private Flight start(long index) {
            return flight(
                    firstIndex + index, null, schedule.segment(index), originNanos + due.nanos, System.nanoTime());
        }

        /** There is to be a worker for the operation after the next, should the next one block. */
        private void keepASpare() {
            if (waking.get() == 0 && !hasIdle()) {
                startOneMore();
            }
        }

        // Operations whose stages go on need no thread, so the workers alone do not bound them.
        private void awaitPlace() throws InterruptedException {
            if (staged.get() == 0 || inFlight() < settings.maxConcurrency()) {
                return;
            }
            saturated = true;
            placeless.incrementAndGet();
            try {
                while (staged.get() > 0 && inFlight() >= settings.maxConcurrency()) {
                    LockSupport.parkNanos(OpenRun.this, 1_000_000);
                    endIfStopped();
                }
            } finally {
                placeless.decrementAndGet();
            }
        }

        // Without the caller, which has an operation and has not started it.
        private int inFlight() {
            return staged.get() + workerCount.get() - idleCount.get() - Math.max(1, placeless.get());
        }

        // Parks until somebody wakes it. The timekeeper may have left between the failed attempt to be it and the entry
        // into the list, where it could not see this worker: hence the second look.
        private void park() throws InterruptedException {
            state.set(PARKED);
            idleCount.incrementAndGet();
            idle.push(this);
            if ((!kept.get() || agenda.isEmpty()) && state.compareAndSet(PARKED, AWAKE)) {
                idle.remove(this);
            } else {
                while (state.get() == PARKED) {
                    LockSupport.park(OpenRun.this);
                    endIfStopped();
                }
                waking.decrementAndGet();
            }
            quick = quickly;
            idleCount.decrementAndGet();
        }

        private boolean isParked() {
            return state.get() == PARKED;
        }

        /** Does nothing to one that has stayed awake by itself. */
        private void wakeUp() {
            waking.incrementAndGet(); // before it can be awake and count itself out
            if (state.compareAndSet(PARKED, AWAKE)) {
                LockSupport.unpark(thread);
            } else {
                waking.decrementAndGet();
            }
        }

        @Override
        void leave() {
            wake(WAKE_IN_BURST); // whoever is parked has nothing more to wait for
        }
    }
}
