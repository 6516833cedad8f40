package io.stampede.internal.storage.queue;

import java.time.Duration;

/**
 * How large a batch may be just now, and how long it may fill: both follow the load between their bounds. A full batch
 * doubles the size, one less than half full halves it, and an empty queue brings it back to the smallest. The delay keeps
 * to the size: nobody waits for company that does not come. It knows no clock and no queue.
 *
 * <p>Told of by one thread at a time; any thread may look.
 */
public final class BatchPace {

    private final int minSize;
    private final int maxSize;
    private final long minDelayNanos;
    private final long maxDelayNanos;
    private volatile int size;

    /**
     * Begins with the smallest batches.
     *
     * @param minSize the size of a batch when there is little to do, at least 1
     * @param maxSize the largest batch, at least {@code minSize}
     * @param minDelay how long a batch of {@code minSize} may fill, at least zero
     * @param maxDelay how long one of {@code maxSize} may, at least {@code minDelay}
     */
    public BatchPace(int minSize, int maxSize, Duration minDelay, Duration maxDelay) {
        if (minSize < 1 || maxSize < minSize) {
            throw new IllegalArgumentException(
                    "sizes must be 1 <= minSize <= maxSize, but were " + minSize + " and " + maxSize);
        }
        if (minDelay.isNegative() || maxDelay.compareTo(minDelay) < 0) {
            throw new IllegalArgumentException(
                    "delays must be 0 <= minDelay <= maxDelay, but were " + minDelay + " and " + maxDelay);
        }
        this.minSize = minSize;
        this.maxSize = maxSize;
        this.minDelayNanos = minDelay.toNanos();
        this.maxDelayNanos = maxDelay.toNanos();
        this.size = minSize;
    }

    /** The most items that a batch holds just now. */
    public int size() {
        return size;
    }

    /** How long the oldest item of a batch waits for others just now. */
    public Duration delay() {
        return Duration.ofNanos(delayNanos());
    }

    long delayNanos() {
        double load = maxSize == minSize ? 0 : (double) (size - minSize) / (maxSize - minSize);
        return minDelayNanos + Math.round(load * (maxDelayNanos - minDelayNanos));
    }

    /** Hears that a batch was taken, and how many items it had to leave. */
    void taken(int count, int left) {
        if (count >= size) {
            // A burst that waits already need not be worked off in doubling steps.
            size = Math.min(maxSize, Math.max(2 * size, left));
        } else if (count < size / 2) {
            size = Math.max(minSize, size / 2);
        }
    }

    /** Hears for how long there has been nothing to take. Longer than a batch would have waited, and the load is over. */
    void rested(long nanos) {
        if (nanos > delayNanos()) {
            size = minSize;
        }
    }
}
