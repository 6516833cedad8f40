package io.stampede.report.live;

import io.stampede.result.Distribution;

/** Response times in nanoseconds; NaN if nothing succeeded. */
record Quantiles(double p50, double p95, double p99, double max) {

    static Quantiles of(Distribution times) {
        return new Quantiles(
                times.percentileNanos(50),
                times.percentileNanos(95),
                times.percentileNanos(99),
                times.percentileNanos(100));
    }

    Quantiles higher(Quantiles other) {
        return new Quantiles(
                higher(p50, other.p50), higher(p95, other.p95), higher(p99, other.p99), higher(max, other.max));
    }

    static double higher(double a, double b) {
        return Double.isNaN(b) || a > b ? a : b;
    }
}
