package io.stampede.verdict;

import io.stampede.baseline.Comparison;
import io.stampede.metric.Band;
import io.stampede.metric.Bound;
import io.stampede.metric.Metric;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run was judged.
 *
 * @param outcome what becomes of the test
 * @param rows in the order of the targets table, followed by the scenario's own judgements
 * @param reasons one sentence each, worst first: why it failed or cannot be judged; empty if it passed
 * @param notes one sentence each: what could not be judged, and why, if that does not fail the test
 * @param generator how the load generator was, figure by figure; empty if it was not watched
 * @param comparison with earlier runs; null if there was none, or if the run is invalid
 * @since 0.1
 */
public record Verdict(
        Outcome outcome,
        List<Row> rows,
        List<String> reasons,
        List<String> notes,
        List<Reading> generator,
        @Nullable Comparison comparison)
        implements Serializable {

    /**
     * What becomes of the test.
     *
     * @since 0.1
     */
    public enum Outcome {
        /** Every row is good enough. */
        PASSED,
        /** A row is not, or has no data. */
        FAILED,
        /** The load generator was at fault: nothing can be said about the target. */
        INVALID
    }

    /** Copies the lists. */
    public Verdict {
        rows = List.copyOf(rows);
        reasons = List.copyOf(reasons);
        notes = List.copyOf(notes);
        generator = List.copyOf(generator);
    }

    /**
     * A verdict without a comparison with earlier runs.
     *
     * @param outcome what becomes of the test
     * @param rows in the order of the targets table
     * @param reasons why it failed or cannot be judged
     * @param notes what could not be judged, and why
     * @param generator how the load generator was
     */
    public Verdict(Outcome outcome, List<Row> rows, List<String> reasons, List<String> notes, List<Reading> generator) {
        this(outcome, rows, reasons, notes, generator, null);
    }

    /**
     * A verdict that says nothing about the load generator.
     *
     * @param outcome what becomes of the test
     * @param rows in the order of the targets table
     * @param reasons why it failed or cannot be judged
     * @param notes what could not be judged, and why
     */
    public Verdict(Outcome outcome, List<Row> rows, List<String> reasons, List<String> notes) {
        this(outcome, rows, reasons, notes, List.of());
    }

    /**
     * A verdict without notes.
     *
     * @param outcome what becomes of the test
     * @param rows in the order of the targets table
     * @param reasons why it failed or cannot be judged
     */
    public Verdict(Outcome outcome, List<Row> rows, List<String> reasons) {
        this(outcome, rows, reasons, List.of());
    }

    /**
     * One line of the verdict.
     *
     * @param subject what is judged
     * @param label how tables call it: a metric as the user wrote it, or the rule's name
     * @param band how good it is
     * @param actual as tables print it, such as {@code 3.2 ms}
     * @param value of {@code actual}, in the subject's unit; NaN if there is none
     * @param target the target bound as the user wrote it
     * @param acceptable the acceptable bound as the user wrote it
     * @param note what else to know, such as {@code breaking point at 1,200}; may be empty
     * @param judgedBy the bounds that the value was held against, in the subject's unit; null for a rule that is not a
     *     matter of two bounds. They may be stricter than those of the targets table
     * @since 0.1
     */
    public record Row(
            Subject subject,
            String label,
            Band band,
            String actual,
            double value,
            String target,
            String acceptable,
            String note,
            @Nullable Bounds judgedBy)
            implements Serializable {

        /**
         * A row that is not a matter of two bounds.
         *
         * @param subject what is judged
         * @param label how tables call it
         * @param band how good it is
         * @param actual as tables print it
         * @param value of {@code actual}, in the subject's unit; NaN if there is none
         * @param target the target bound
         * @param acceptable the acceptable bound
         * @param note what else to know; may be empty
         */
        public Row(
                Subject subject,
                String label,
                Band band,
                String actual,
                double value,
                String target,
                String acceptable,
                String note) {
            this(subject, label, band, actual, value, target, acceptable, note, null);
        }

        /**
         * A row of a rule, under the rule's own name.
         *
         * @param rule what is judged
         * @param band how good it is
         * @param actual as tables print it
         * @param value of {@code actual}, in the rule's unit; NaN if there is none
         * @param target the target bound
         * @param acceptable the acceptable bound
         * @param note what else to know; may be empty
         */
        public Row(
                Subject.Rule rule,
                Band band,
                String actual,
                double value,
                String target,
                String acceptable,
                String note) {
            this(rule, rule.label(), band, actual, value, target, acceptable, note);
        }

        /** {@return the metric that is judged; empty if it is a rule} */
        public Optional<Metric> metric() {
            return subject instanceof Subject.OfMetric of ? Optional.of(of.metric()) : Optional.empty();
        }
    }

    /**
     * What a value was held against. A value that keeps neither bound is critical.
     *
     * @param target the wish
     * @param acceptable what is good enough
     * @since 0.1
     */
    public record Bounds(Bound target, Bound acceptable) implements Serializable {}

    /**
     * One figure of the load generator.
     *
     * @param figure which one
     * @param actual as tables print it, such as {@code 3.2 ms}
     * @param value of {@code actual}, in the figure's unit; NaN if there is none
     * @param limit such as {@code <= 100 ms}
     * @param standing how it stands to the limit
     * @param note what else to know; may be empty
     * @since 0.1
     */
    public record Reading(
            GeneratorFigure figure, String actual, double value, String limit, Standing standing, String note)
            implements Serializable {

        /**
         * How a figure stands to its limit.
         *
         * @since 0.1
         */
        public enum Standing {
            /** Within it. */
            KEPT,
            /** Beyond it. */
            BROKEN,
            /** Not measured, or it says nothing in this kind of run. */
            NOT_JUDGED;

            /** {@return the standing as reports print it} */
            public String label() {
                return name().toLowerCase(Locale.ROOT).replace('_', ' ');
            }
        }
    }

    /** {@return whether every row is good enough} */
    public boolean passed() {
        return outcome == Outcome.PASSED;
    }

    /** {@return whether it was slower than earlier runs by more than its test allows} */
    public boolean refusedByBaseline() {
        return row(Subject.Rule.BASELINE)
                .filter(row -> row.band() == Band.CRITICAL)
                .isPresent();
    }

    /**
     * {@return the row that judges a subject; empty if it was not judged}
     *
     * @param subject a metric or a rule
     */
    public Optional<Row> row(Subject subject) {
        return rows.stream().filter(row -> row.subject().equals(subject)).findFirst();
    }

    /** {@return the worst band of all rows; {@code TARGET} if there is none} */
    public Band worst() {
        return rows.stream().map(Row::band).max(Band::compareTo).orElse(Band.TARGET);
    }
}
