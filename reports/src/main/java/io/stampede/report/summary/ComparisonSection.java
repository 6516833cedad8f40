package io.stampede.report.summary;

import io.stampede.baseline.Comparison;
import io.stampede.baseline.Comparison.Change;
import io.stampede.baseline.Comparison.Point;
import io.stampede.baseline.Measure;
import io.stampede.internal.format.Times;
import io.stampede.report.text.Text;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What changed against earlier runs, as a part of the summary: a sentence, a table, and the last runs as a chart. */
final class ComparisonSection {

    private static final int MAX_LABELS = 10;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Comparison comparison;
    private final StringBuilder html = new StringBuilder();

    private ComparisonSection(Comparison comparison) {
        this.comparison = comparison;
    }

    /** Empty where there was no comparison. */
    static String of(@Nullable Comparison comparison) {
        return comparison == null ? "" : new ComparisonSection(comparison).section();
    }

    private String section() {
        html.append("<h2>Against earlier runs</h2>\n");
        html.append("<p class=\"comparison\"><b>").append(mark()).append(' ');
        text(comparison.state().label().toUpperCase(Locale.ROOT));
        html.append("</b> ");
        text(comparison.statement());
        html.append("</p>\n");
        comparison.notes().forEach(this::paragraph);
        if (!comparison.changes().isEmpty()) {
            table();
        }
        chart();
        return html.toString();
    }

    private String mark() {
        return switch (comparison.state()) {
            case SLOWER -> "▼";
            case FASTER -> "▲";
            case NO_CHANGE -> "=";
            case NOT_ENOUGH_RUNS, NOT_COMPARABLE -> "?";
        };
    }

    private void table() {
        html.append(
                "<div class=\"scroll\"><table class=\"verdict\" style=\"white-space: nowrap\"><thead><tr><th>Decision</th><th>Figure</th>"
                        + "<th>This run</th><th>Before</th><th>Change</th><th>95 % interval</th><th>p</th>"
                        + "<th>Found from</th><th>Runs</th></tr></thead>\n<tbody>\n");
        for (Change change : comparison.changes()) {
            html.append(
                    switch (change.decision()) {
                        case SLOWER -> "<tr class=\"band-critical\"><td class=\"band\">▼ ";
                        case FASTER -> "<tr class=\"band-target\"><td class=\"band\">▲ ";
                        case NO_CHANGE, TOO_SMALL -> "<tr><td class=\"band\">= ";
                    });
            text(change.decision().label());
            html.append("</td>");
            cell(change.measure().label());
            cell(change.measure().format(change.now()));
            cell(change.measure().format(change.before()));
            html.append("<td class=\"actual\">");
            text(percent(change.change()));
            html.append("</td>");
            cell(percent(change.low()) + " to " + percent(change.high()));
            cell(change.chance() < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", change.chance()));
            cell(percent(change.measure().isTime() ? change.detectable() : -change.detectable()));
            cell(change.runs() + (change.leftOut() == 0 ? "" : " (" + change.leftOut() + " left out)"));
            html.append("</tr>\n");
        }
        html.append("</tbody></table></div>\n");
        paragraph("Of unchanged runs about " + Times.number(100 * comparison.errorRate())
                + " % are called slower, and as many faster, all figures together. Changes under "
                + Times.number(100 * comparison.floor())
                + " %, and under 0.05 ms of a time, count as none. A slowdown as large as under \"Found from\" is found"
                + " in nine runs of ten.");
    }

    private void chart() {
        List<Point> history = comparison.history();
        List<Measure> measures = measures(history);
        if (history.size() < 2 || measures.isEmpty()) {
            return;
        }
        double largest = history.stream()
                .flatMap(point -> measures.stream().map(point.figures()::get))
                .mapToDouble(value -> value == null ? 0 : value)
                .max()
                .orElse(0);
        boolean times = measures.get(0).isTime();
        TimeUnits unit = TimeUnits.of(largest);
        double one = times ? unit.nanos : 1;
        String label = times ? unit.label : measures.get(0).label();
        Plot plot = new Plot("runs, oldest first; the last is this one (times in UTC)", label, 240);
        for (Measure measure : measures) {
            for (int i = 0; i < history.size(); i++) {
                Double value = history.get(i).figures().get(measure);
                if (value != null) {
                    plot.point(measure.label(), i + 1.0, value / one);
                }
            }
        }
        comparison.changes().stream()
                .filter(change -> measures.contains(change.measure()))
                .forEach(change -> plot.across(change.before() / one, Plot.Colour.INK));
        plot.xRange(0.5, history.size() + 0.5).xTicks(ticks(history));
        html.append("<figure><figcaption><b>The last ")
                .append(history.size())
                .append(" runs</b> Dashed: what this run is compared with.");
        long leftOut = history.stream()
                .limit(history.size() - 1L)
                .filter(point -> !point.baseline())
                .count();
        if (leftOut > 0) {
            html.append(" Not compared with ").append(leftOut).append(" of them.");
        }
        html.append("</figcaption>\n")
                .append(plot.svg("The last " + history.size() + " runs"))
                .append("</figure>\n");
    }

    private static List<Measure> measures(List<Point> history) {
        List<Measure> times = new ArrayList<>();
        for (Measure measure : List.of(Measure.P50, Measure.P95, Measure.P99)) {
            if (history.stream().anyMatch(point -> point.figures().containsKey(measure))) {
                times.add(measure);
            }
        }
        boolean capacity = history.stream().anyMatch(point -> point.figures().containsKey(Measure.CAPACITY));
        return times.isEmpty() && capacity ? List.of(Measure.CAPACITY) : times;
    }

    private static Plot.Ticks ticks(List<Point> history) {
        List<Double> at = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        int step = (history.size() + MAX_LABELS - 1) / MAX_LABELS;
        for (int i = history.size() - 1; i >= 0; i -= step) {
            at.add(i + 1.0);
            labels.add(label(history.get(i)));
        }
        return new Plot.Ticks(at, labels);
    }

    private static String label(Point point) {
        String commit = point.commit();
        return commit == null ? DAY.format(point.startedAt()) : Text.line(commit, 8);
    }

    private static String percent(double share) {
        return (share < 0 ? "-" : "+") + Times.number(Math.abs(100 * share)) + " %";
    }

    private void paragraph(String sentence) {
        html.append("<p>");
        text(sentence);
        html.append("</p>\n");
    }

    private void cell(String value) {
        html.append("<td>");
        text(value);
        html.append("</td>");
    }

    private void text(String text) {
        html.append(Text.escape(text));
    }
}
