package io.stampede.internal.verdict;

import io.stampede.metric.Band;
import io.stampede.metric.Bound;
import io.stampede.targets.Target;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict.Bounds;
import io.stampede.verdict.Verdict.Row;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row, and what to say of it if it fails the test.
 *
 * @param severity how far beyond its bound the value is, as a factor; orders rows of one band
 * @param statement such as {@code queue time p99 was 212 ms, critical above 50 ms}
 * @param bounds what the row is judged by; null if that is not a target
 */
record Judgement(
        Row row,
        double severity,
        String statement,
        @Nullable Target bounds) {

    static Judgement of(Target target, double value, String note) {
        return of(new Subject.OfMetric(target.metric()), target, value, note);
    }

    /** A row that is judged like a target, whatever it is about. */
    static Judgement of(Subject subject, Target target, double value, String note) {
        Bound acceptable = target.acceptable();
        Bounds bounds = new Bounds(target.target(), acceptable);
        Band band = target.band(value);
        if (band == Band.NO_DATA) {
            return noData(subject, target.label(), target.target().label(), acceptable.label(), note, bounds);
        }
        String actual = target.target().unit().format(value);
        Row row = new Row(
                subject,
                target.label(),
                band,
                actual,
                value,
                target.target().label(),
                acceptable.label(),
                note,
                bounds);
        Bound missed = band == Band.ACCEPTABLE ? target.target() : acceptable;
        return new Judgement(
                row,
                severity(missed, value),
                String.format(
                        Locale.ROOT,
                        "%s was %s, %s %s %s",
                        target.label().toLowerCase(Locale.ROOT),
                        actual,
                        band == Band.CRITICAL ? "critical" : "target missed",
                        missed.upper() ? "above" : "below",
                        missed.formatted()),
                target);
    }

    /** How good another value would have been; the row's own band if it is not judged by a target. */
    Band band(double other) {
        return bounds == null ? row.band() : bounds.band(other);
    }

    /** The same, and what to do about it if it fails the test. */
    Judgement advising(String advice) {
        return new Judgement(row, severity, statement + "; " + advice, bounds);
    }

    /** A row of the scenario's own. */
    static Judgement of(Row row, String statement) {
        return new Judgement(row, 1, statement, null);
    }

    static Judgement noData(Subject.Rule rule, String target, String acceptable, String note) {
        return noData(rule, rule.label(), target, acceptable, note, null);
    }

    private static Judgement noData(
            Subject subject, String label, String target, String acceptable, String note, @Nullable Bounds judgedBy) {
        return new Judgement(
                new Row(subject, label, Band.NO_DATA, "no data", Double.NaN, target, acceptable, note, judgedBy),
                0,
                label.toLowerCase(Locale.ROOT) + " has no data" + (note.isEmpty() ? "" : ": " + note),
                null);
    }

    private static double severity(Bound missed, double value) {
        double limit = missed.value();
        if (limit <= 0 || value <= 0) { // a factor would say nothing, or the opposite
            return 1 + Math.abs(value - limit) / Math.max(1, Math.abs(limit));
        }
        double factor = missed.upper() ? value / limit : limit / value;
        return Double.isNaN(factor) ? 1 : factor;
    }
}
