package io.stampede.storage.model;

/**
 * The queue has no room. Nothing was queued; the call may be repeated later.
 *
 * @since 0.1
 */
public final class QueueFullException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** How many conversations may wait. */
    private final int capacity;

    /**
     * A queue that is full.
     *
     * @param capacity how many conversations may wait
     */
    public QueueFullException(int capacity) {
        super(
                "Queue full: " + capacity + " of " + capacity
                        + " conversations are waiting. Retry later, or raise capacity.",
                null);
        this.capacity = capacity;
    }

    /**
     * How many conversations may wait.
     *
     * @return at least 1
     */
    public int capacity() {
        return capacity;
    }
}
