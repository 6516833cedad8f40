package io.stampede.internal.verdict;

import io.stampede.metric.Band;
import io.stampede.metric.Bound;
import io.stampede.targets.Target;
import io.stampede.verdict.Verdict.Row;
import java.util.Locale;

/**
 * A row, and what to say of it where it fails the test.
 *
 * @param severity how far beyond its bound the value is, as a factor; orders rows of one band
 * @param statement such as {@code queue time p99 was 212 ms, critical above 50 ms}
 */
record Judgement(Row row, double severity, String statement) {

    static Judgement of(Target target, double value, String note) {
        Bound acceptable = target.acceptable();
        Band band = target.band(value);
        String metric = target.metric().label();
        if (band == Band.NO_DATA) {
            return noData(metric, target.target().label(), acceptable.label(), note);
        }
        Row row = new Row(
                metric,
                band,
                format(value, target.target().unit()),
                value,
                target.target().label(),
                acceptable.label(),
                note);
        Bound missed = band == Band.ACCEPTABLE ? target.target() : acceptable;
        return new Judgement(
                row,
                severity(missed, value),
                String.format(
                        Locale.ROOT,
                        "%s was %s, %s %s %s",
                        spoken(target),
                        row.actual(),
                        band == Band.CRITICAL ? "critical" : "target missed",
                        missed.upper() ? "above" : "below",
                        format(missed.value(), missed.unit())));
    }

    /** A row of the scenario's own. */
    static Judgement of(Row row, String statement) {
        return new Judgement(row, 1, statement);
    }

    static Judgement noData(String metric, String target, String acceptable, String note) {
        return new Judgement(
                new Row(metric, Band.NO_DATA, "no data", Double.NaN, target, acceptable, note),
                0,
                metric.toLowerCase(Locale.ROOT) + " has no data" + (note.isEmpty() ? "" : ": " + note));
    }

    private static String spoken(Target target) {
        return target.metric().label().toLowerCase(Locale.ROOT);
    }

    private static double severity(Bound missed, double value) {
        double factor = missed.upper() ? value / missed.value() : missed.value() / value;
        return Double.isNaN(factor) ? 1 : factor;
    }

    static String format(double value, Bound.Unit unit) {
        return unit.format(value);
    }

    static String percent(double value) {
        return Bound.Unit.PERCENT.format(value);
    }
}
