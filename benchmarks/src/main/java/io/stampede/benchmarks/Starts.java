package io.stampede.benchmarks;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** When operations started, written down by the operations themselves, in memory that was there before. */
final class Starts {

    private final long[] nanos;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch first = new CountDownLatch(1);

    Starts(int size) {
        nanos = new long[size];
    }

    /** Called by operation {@code index}; those beyond the planned number are left out. */
    void mark(long index) {
        if (index < nanos.length) {
            nanos[(int) index] = System.nanoTime();
        }
        if (index == 0) {
            first.countDown();
        }
    }

    /** Called by operations that have no number, in order. */
    void mark() {
        mark(next.getAndIncrement());
    }

    void awaitFirst() throws InterruptedException {
        first.await();
    }

    /** Those that were written down, rising. Called when all have ended. */
    long[] sorted() {
        return Arrays.stream(nanos).filter(start -> start != 0).sorted().toArray();
    }
}
