package io.stampede.internal.verdict;

import io.stampede.baseline.Comparison;
import io.stampede.baseline.Comparison.Change;
import io.stampede.baseline.Comparison.Decision;
import io.stampede.baseline.Comparison.State;
import io.stampede.baseline.Measure;
import io.stampede.baseline.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Comparisons by hand. */
public final class Comparisons {

    private Comparisons() {}

    /** A p95 that was 10 ms in seven runs, and is higher by this share. */
    public static Comparison slower(double share) {
        double now = 10e6 * (1 + share);
        return new Comparison(
                State.SLOWER,
                "Against the last 7 runs: response time p95 is higher.",
                List.of(
                        new Change(Measure.P50, 5e6, 5e6, 0, -0.05, 0.05, 0.5, 0.08, 7, 0, Decision.NO_CHANGE),
                        new Change(
                                Measure.P95,
                                now,
                                10e6,
                                share,
                                share - 0.05,
                                share + 0.05,
                                0.0001,
                                0.08,
                                7,
                                1,
                                Decision.SLOWER)),
                7,
                5,
                0.02,
                0.05,
                List.of(
                        new Comparison.Point(
                                Instant.parse("2026-01-01T00:00:00Z"),
                                "abc123",
                                Map.of(Measure.P95, 10e6),
                                Standing.SAME,
                                true),
                        new Comparison.Point(
                                Instant.parse("2026-01-02T00:00:00Z"),
                                null,
                                Map.of(Measure.P95, now),
                                Standing.UNKNOWN,
                                false)),
                List.of("One run was left out."));
    }

    /** Before the first run. */
    public static Comparison none() {
        return empty(State.NOT_ENOUGH_RUNS, "No earlier run to compare with.");
    }

    /** Of a first run that says nothing. */
    public static Comparison notComparable(String statement) {
        return empty(State.NOT_COMPARABLE, statement);
    }

    private static Comparison empty(State state, String statement) {
        return new Comparison(state, statement, List.of(), 0, 5, 0.02, 0.05, List.of(), List.of());
    }
}
