package io.stampede.internal.storage.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue whose takers get batches: as soon as one is full, or when its oldest item has waited long enough. What
 * is full and what is long follows the load.
 * {@link #offer} takes no lock and never waits, however many threads call it. Thread-safe.
 *
 * @param <T> what waits
 */
public final class BatchQueue<T> {

    /** What became of an offer. */
    public enum Offer {
        ACCEPTED,
        FULL,
        CLOSED
    }

    private record Waiting<T>(T item, long sinceNanos) {}

    private static final int CLOSED_BIT = 1 << 31;
    private static final long PUBLISHING_NANOS = 20_000;

    // How long a taker looks away from an empty queue before it has to be woken. Waking is the caller's work and takes
    // it
    // up to a tenth of a millisecond; under steady load nobody is woken at all.
    private static final long NAP_NANOS = 1_000_000;

    private final int capacity;
    private final BatchPace pace;

    private final ConcurrentLinkedQueue<Waiting<T>> items = new ConcurrentLinkedQueue<>();
    // How many wait, and in the sign whether the queue is closed: one word, so that nothing is taken in after closing.
    private final AtomicInteger state = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();

    // One taker at a time puts a batch together; the others wait for their turn.
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable Thread taker;
    private volatile boolean asleep; // whether the taker sees nothing until it is woken

    /**
     * @param capacity how many items may wait, at least 1
     * @param pace how large batches are and how long they fill; this queue's own
     */
    public BatchQueue(int capacity, BatchPace pace) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be >= 1, but was " + capacity);
        }
        this.capacity = capacity;
        this.pace = pace;
    }

    /** Takes the item in, or says at once why not. */
    public Offer offer(T item) {
        int seen;
        do {
            seen = state.get();
            if (seen < 0) {
                return Offer.CLOSED;
            }
            if (seen >= capacity) {
                return Offer.FULL;
            }
        } while (!state.compareAndSet(seen, seen + 1));
        try {
            items.add(new Waiting<>(item, System.nanoTime()));
        } catch (Throwable e) { // out of memory: what was counted and never came would be waited for
            state.decrementAndGet();
            throw e;
        }
        // Only the offers that a taker may be waiting for: waking costs a system call.
        if ((seen == 0 && asleep) || seen + 1 == pace.size()) {
            wake();
        }
        return Offer.ACCEPTED;
    }

    /**
     * Waits for a batch. The taker owes a call of {@link #settle} for it.
     *
     * @return 1 to as many items as the pace allows, oldest first; empty when the queue is closed and nothing is left
     */
    public List<T> take() throws InterruptedException {
        turn.lockInterruptibly();
        try {
            taker = Thread.currentThread();
            Waiting<T> oldest = awaitOldest();
            if (oldest == null) {
                return List.of();
            }
            awaitFullOrAged(oldest);
            List<T> batch = remove(pace.size());
            pace.taken(batch.size(), size());
            return batch;
        } finally {
            asleep = false;
            taker = null;
            turn.unlock();
        }
    }

    /** Says that this many taken items have been dealt with, whatever became of them. */
    public void settle(int count) {
        inFlight.addAndGet(-count);
    }

    /** Takes nothing in from now on. What waits can still be taken. */
    public void close() {
        state.getAndUpdate(seen -> seen | CLOSED_BIT);
        wake();
    }

    /** Removes what still waits. For use after {@link #close}, when no taker is left. */
    public List<T> drain() {
        List<T> left = new ArrayList<>();
        while (size() > 0) {
            Waiting<T> next = items.poll();
            if (next == null) {
                LockSupport.parkNanos(PUBLISHING_NANOS); // counted, and about to be added by its thread
            } else {
                left.add(next.item());
                state.decrementAndGet();
            }
        }
        return left;
    }

    /** How many items wait. */
    public int size() {
        return state.get() & ~CLOSED_BIT;
    }

    /** Whether more waits than a batch takes just now: takers do not keep up. */
    public boolean pressed() {
        return size() > pace.size();
    }

    /** How many items are taken and not settled. */
    public int inFlight() {
        return inFlight.get();
    }

    public int capacity() {
        return capacity;
    }

    private @Nullable Waiting<T> awaitOldest() throws InterruptedException {
        long begin = 0;
        while (true) {
            Waiting<T> oldest = items.peek();
            if (oldest != null) {
                if (begin != 0) {
                    pace.rested(System.nanoTime() - begin);
                }
                return oldest;
            }
            begin = begin == 0 ? System.nanoTime() : begin;
            int seen = state.get();
            if (seen == CLOSED_BIT) {
                return null;
            }
            if ((seen & ~CLOSED_BIT) > 0) {
                LockSupport.parkNanos(this, PUBLISHING_NANOS); // counted, and about to be added by its thread
            } else if (asleep) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, NAP_NANOS);
                asleep = true; // and then a last look, for what came before this could be seen
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void awaitFullOrAged(Waiting<T> oldest) throws InterruptedException {
        int size = pace.size();
        long due = oldest.sinceNanos() + pace.delayNanos();
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (state.get() <= 0 || size() >= size) {
                return;
            }
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private List<T> remove(int max) {
        List<T> batch = new ArrayList<>(Math.min(max, size()));
        while (batch.size() < max) {
            Waiting<T> next = items.poll();
            if (next == null) {
                break;
            }
            // In flight before it leaves the count, so that whoever adds the two never misses it.
            inFlight.incrementAndGet();
            state.decrementAndGet();
            batch.add(next.item());
        }
        return batch;
    }

    private void wake() {
        Thread waiting = taker;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }
}
