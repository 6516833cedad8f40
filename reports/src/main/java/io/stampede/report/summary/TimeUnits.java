package io.stampede.report.summary;

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

    String axis(boolean logarithmic) {
        return label + (logarithmic ? ", log" : "");
    }
}
