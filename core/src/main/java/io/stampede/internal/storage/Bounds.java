package io.stampede.internal.storage;

import java.time.Duration;

/** Checks that the parts of a configuration are within their bounds, which are part of what is allowed. */
public final class Bounds {

    private Bounds() {}

    /** @throws IllegalArgumentException naming the part, the bounds and the value */
    public static void check(String part, long value, long least, long most) {
        checkComparable(part, value, least, most);
    }

    /** @throws IllegalArgumentException naming the part, the bounds and the value */
    public static void check(String part, Duration value, Duration least, Duration most) {
        checkComparable(part, value, least, most);
    }

    private static <T extends Comparable<T>> void checkComparable(String part, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(part + " must be " + least + " to " + most + ", but was " + value);
        }
    }
}
