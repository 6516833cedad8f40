package io.stampede.storage.model;

/**
 * Which part of a long answer is wanted.
 *
 * @param number from 0
 * @param size entries on a page, 1 to 1000
 * @since 0.1
 */
public record Page(int number, int size) {

    /**
     * Checks both parts.
     *
     * @param number at least 0
     * @param size 1 to 1000
     * @throws IllegalArgumentException naming the part, the rule and the value
     */
    public Page {
        if (number < 0) {
            throw new IllegalArgumentException("number must be >= 0, but was " + number);
        }
        if (size < 1 || size > 1000) {
            throw new IllegalArgumentException("size must be 1 to 1000, but was " + size);
        }
    }

    /**
     * The first page of this size.
     *
     * @param size 1 to 1000
     * @return page 0
     */
    public static Page first(int size) {
        return new Page(0, size);
    }

    /**
     * The page after this one.
     *
     * @return one of the same size
     */
    public Page next() {
        return new Page(number + 1, size);
    }

    /**
     * How many entries come before this page.
     *
     * @return at least 0
     */
    public long offset() {
        return (long) number * size;
    }
}
