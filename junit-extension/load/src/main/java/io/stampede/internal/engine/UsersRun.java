package io.stampede.internal.engine;

import io.stampede.internal.recorder.Recorder;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Workload;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Users who each run one operation after the other. An operation is due when its user is ready for it: at the user's
 * start, at the end of the last operation, or when the user has thought for long enough after that.
 */
final class UsersRun extends PhaseRun {

    private final Workload.Users workload;
    private final AtomicInteger ready = new AtomicInteger();
    private final long durationNanos;
    private final long thinkNanos;
    private final long rampUpNanos;
    private volatile boolean begun;

    UsersRun(
            Setup setup,
            Phase phase,
            Workload.Users workload,
            Recorder recorder,
            long firstIndex,
            long runOriginNanos) {
        super(setup, phase, recorder, 1, firstIndex, runOriginNanos);
        this.workload = workload;
        this.durationNanos = workload.duration().toNanos();
        this.thinkNanos = workload.thinkTime().toNanos();
        this.rampUpNanos = workload.rampUp().toNanos();
    }

    @Override
    void begin() throws InterruptedException {
        for (int i = 0; i < workload.users(); i++) {
            start(new UserWorker(i));
        }
        awaitWorkers(ready);
        originNanos = System.nanoTime();
        begun = true;
        workers.forEach(worker -> LockSupport.unpark(worker.thread));
    }

    @Override
    long planned() {
        return started();
    }

    // Users take turns with the numbers, so that nothing is shared and a user's operations have the same in every run.
    @Override
    long nextIndex() {
        return firstIndex + mostStarted() * workload.users();
    }

    @Override
    boolean isOver() {
        if (!begun) {
            return false;
        }
        boolean late = System.nanoTime() - originNanos > durationNanos;
        return workers.stream().allMatch(worker -> late && worker.isAbandoned()) && ended() == started();
    }

    @Override
    void landed(Flight flight) {
        User user = flight.owner();
        if (user != null) {
            LockSupport.unpark(user.thread());
        }
    }

    private final class UserWorker extends Worker {

        private final User user;

        UserWorker(int number) {
            super(number);
            this.user = new User(number);
        }

        @Override
        @Nullable
        Flight next() throws InterruptedException {
            long round = started();
            long dueNanos = round == 0 ? firstDueNanos() : clockNanos + thinkNanos;
            boolean ready = round > 0 && thinkNanos == 0;
            if (!ready) {
                if (dueNanos - originNanos >= durationNanos) {
                    return null;
                }
                await(dueNanos, 0);
            }
            long now = System.nanoTime();
            if (stopped || now - originNanos >= durationNanos) {
                return null;
            }
            return flight(firstIndex + round * workload.users() + number, user, 0, ready ? now : dueNanos, now);
        }

        private long firstDueNanos() throws InterruptedException {
            awaitBeginning();
            // In floating point: whole numbers would overflow with many users over days.
            return originNanos + (long) ((double) rampUpNanos * number / workload.users());
        }

        private void awaitBeginning() throws InterruptedException {
            user.bind(Thread.currentThread());
            ready.incrementAndGet();
            while (!begun) {
                endIfStopped();
                LockSupport.park(UsersRun.this);
            }
        }

        // A user goes on when its operation has ended, not when the method has returned.
        @Override
        void ran(Flight ended) throws InterruptedException {
            while (!ended.isEnded()) {
                endIfStopped();
                LockSupport.park(UsersRun.this);
                clockNanos = System.nanoTime();
            }
        }

        @Override
        void leave() {
            user.close();
        }
    }
}
