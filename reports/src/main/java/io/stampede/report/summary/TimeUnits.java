package io.stampede.report.summary;

import io.stampede.result.Distribution;
import java.util.stream.Stream;

/** What an axis of times counts in. */
enum TimeUnits {
    MICROSECONDS("microseconds", 1e3),
    MILLISECONDS("milliseconds", 1e6),
    SECONDS("seconds", 1e9);

    final String label;
    final double nanos;

    TimeUnits(String label, double nanos) {
        this.label = label;
        this.nanos = nanos;
    }

    /** The one in which that is a number of a few digits. */
    static TimeUnits of(double maxNanos) {
        return maxNanos < 1e6 ? MICROSECONDS : maxNanos < 1e10 ? MILLISECONDS : SECONDS;
    }

    /** The one for the highest p99 of all. */
    static TimeUnits highest(Stream<Distribution> times) {
        return of(times.mapToDouble(each -> each.percentileNanos(99))
                .filter(Double::isFinite)
                .max()
                .orElse(0));
    }

    String axis(boolean logarithmic) {
        return label + (logarithmic ? ", log" : "");
    }
}
