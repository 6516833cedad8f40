package io.stampede.storage;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes those who wait for something to do. What is raised while nobody waits is remembered, once. Thread-safe. */
final class Signal {

    private final Semaphore raised = new Semaphore(0);

    void raise() {
        // Two may slip in at once and leave two permits: one needless look for work.
        if (raised.availablePermits() == 0) {
            raised.release();
        }
    }

    /** Waits until the signal is raised, at most this long. */
    void await(Duration limit) throws InterruptedException {
        boolean unused = raised.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
}
