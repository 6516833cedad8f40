package io.stampede.storage.model;

/**
 * Which part of a long answer is wanted.
 *
 * @param number from 0
 * @param size entries on a page, 1 to 1000
 * @since 0.1
 */
public record Page(int number, int size) {

    public Page {
        if (number < 0) {
            throw new IllegalArgumentException("number must be >= 0, but was " + number);
        }
        if (size < 1 || size > 1000) {
            throw new IllegalArgumentException("size must be 1 to 1000, but was " + size);
        }
    }

    /** The first page of this size. */
    public static Page first(int size) {
        return new Page(0, size);
    }

    public Page next() {
        return new Page(number + 1, size);
    }

    /** How many entries come before this page. */
    public long offset() {
        return (long) number * size;
    }
}
