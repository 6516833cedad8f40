package io.stampede.engine;

import io.stampede.recorder.Recorder;
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
    private final long startOverNanos;
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
        this.startOverNanos = workload.startOver().toNanos();
    }

    @Override
    void begin() throws InterruptedException {
        for (int i = 0; i < workload.users(); i++) {
            start(new UserWorker(i));
        }
        // Time starts when all users can: starting threads is not the target's time.
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (ready.get() < workerCount.get() && System.nanoTime() < deadline && !stopped) {
            Thread.sleep(1);
        }
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
        private long rounds;

        UserWorker(int number) {
            super(number);
            this.user = new User(number);
        }

        @Override
        @Nullable
        Flight next() throws InterruptedException {
            long dueNanos;
            if (rounds == 0) {
                awaitBeginning();
                // In floating point: whole numbers would overflow with many users over days.
                dueNanos = originNanos + (long) ((double) startOverNanos * number / workload.users());
                await(dueNanos, 0);
            } else if (thinkNanos == 0) {
                dueNanos = 0;
            } else {
                dueNanos = clockNanos + thinkNanos;
                if (dueNanos - originNanos >= durationNanos) {
                    return null;
                }
                await(dueNanos, 0);
            }
            long now = System.nanoTime();
            if (stopped || now - originNanos >= durationNanos) {
                return null;
            }
            long index = firstIndex + rounds++ * workload.users() + number;
            return flight(index, user, 0, thinkNanos == 0 && rounds > 1 ? now : dueNanos, now);
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
            if (!ended.isEnded()) {
                while (!ended.isEnded()) {
                    endIfStopped();
                    LockSupport.park(UsersRun.this);
                }
                clockNanos = System.nanoTime();
            }
        }

        @Override
        void leave() {
            user.close();
        }
    }
}
