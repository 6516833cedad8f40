package io.stampede.verdict;

import io.stampede.scenario.Band;
import java.io.Serializable;
import java.util.List;

/**
 * What a run is worth.
 *
 * @param rows in the order of the targets table, the scenario's own judgements after them
 * @param reasons one sentence each, worst first: why it failed or cannot be judged; empty where it passed
 * @param notes one sentence each: what could not be judged, and why, where that does not fail the test
 * @since 0.1
 */
public record Verdict(Outcome outcome, List<Row> rows, List<String> reasons, List<String> notes)
        implements Serializable {

    /** What becomes of the test. */
    public enum Outcome {
        /** Every row is good enough. */
        PASSED,
        /** A row is not, or has no data. */
        FAILED,
        /** The load generator was at fault: nothing can be said of the target. */
        INVALID
    }

    public Verdict {
        rows = List.copyOf(rows);
        reasons = List.copyOf(reasons);
        notes = List.copyOf(notes);
    }

    /** Without notes. */
    public Verdict(Outcome outcome, List<Row> rows, List<String> reasons) {
        this(outcome, rows, reasons, List.of());
    }

    /**
     * One judged metric.
     *
     * @param metric as the user wrote it
     * @param actual as tables print it, such as {@code 3.2 ms}
     * @param value of {@code actual}: nanoseconds, operations per second, percent or plain; NaN where there is none
     * @param target the target bound as the user wrote it
     * @param acceptable the acceptable bound as the user wrote it
     * @param note what else to know, such as {@code breaking point at 1,200}; may be empty
     */
    public record Row(
            String metric, Band band, String actual, double value, String target, String acceptable, String note)
            implements Serializable {}

    public boolean passed() {
        return outcome == Outcome.PASSED;
    }

    /** The worst band of all rows; {@code TARGET} where there is none. */
    public Band worst() {
        return rows.stream().map(Row::band).max(Band::compareTo).orElse(Band.TARGET);
    }
}
