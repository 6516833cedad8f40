package io.stampede.scenario;

import io.stampede.internal.format.Times;
import java.time.Duration;

/** The bounds that all workloads share. */
final class Check {

    private Check() {}

    static void operations(String name, long operations) {
        if (operations < 1 || operations > Workload.MAX_OPERATIONS) {
            throw new IllegalArgumentException(
                    name + " must be at least 1 and at most 1,000,000,000, but was " + operations);
        }
    }

    static void duration(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(Workload.MAX_DURATION) > 0) {
            throw new IllegalArgumentException(
                    name + " must be more than 0 and at most 7 days, but was " + Times.format(duration));
        }
    }

    static void pause(String name, Duration pause, Duration most) {
        if (pause.isNegative() || pause.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be at least 0 and at most " + Times.format(most)
                    + ", but was " + Times.format(pause));
        }
    }

    static void product(long total, Duration every) {
        if (total * (double) every.toNanos() > Workload.MAX_DURATION.toNanos()) {
            throw new IllegalArgumentException(
                    "total x every must be at most 7 days, but was " + total + " x " + Times.format(every));
        }
    }

    static long scale(long operations, double scale) {
        requireScale(scale);
        return Math.max(1, Math.round(operations * scale));
    }

    static Duration scale(Duration duration, double scale) {
        requireScale(scale);
        return Duration.ofNanos(Math.max(1, Math.round(duration.toNanos() * scale)));
    }

    static void requireScale(double scale) {
        if (!(scale > 0 && scale <= 1000)) {
            throw new IllegalArgumentException("scale must be > 0 and <= 1000, but was " + scale);
        }
    }
}
