package io.stampede.report.summary;

import io.stampede.baseline.Comparison;
import io.stampede.baseline.Comparison.Change;
import io.stampede.baseline.Comparison.Point;
import io.stampede.baseline.Measure;
import io.stampede.internal.format.Numbers;
import io.stampede.internal.format.Times;
import io.stampede.report.text.Text;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What changed against earlier runs, as a part of the summary: a sentence, a table, and the last runs as a chart. */
final class ComparisonSection {

    private static final int MAX_LABELS = 10;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Comparison comparison;
    private final SummaryWriter page;

    ComparisonSection(Comparison comparison, SummaryWriter page) {
        this.comparison = comparison;
        this.page = page;
    }

    void write() {
        page.heading("Against earlier runs");
        page.html().open("p").with("class", "comparison");
        page.html().element("b", mark() + " " + comparison.state().label().toUpperCase(Locale.ROOT));
        page.html().text(" " + comparison.statement()).close("p").line();
        comparison.notes().forEach(page::paragraph);
        if (!comparison.changes().isEmpty()) {
            table();
        }
        chart();
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
        page.table(
                "scroll",
                "verdict changes",
                0,
                "Decision",
                "Figure",
                "This run",
                "Before",
                "Change",
                "95 % interval",
                "p",
                "Found from",
                "Runs");
        comparison.changes().forEach(this::row);
        page.endTable();
        page.paragraph("About " + Times.number(100 * comparison.errorRate())
                + " % of unchanged runs are called slower by mistake, and as many faster. Changes under "
                + Times.number(100 * comparison.floor())
                + " %, and of times under 0.05 ms, count as none. A slowdown of the size under \"Found from\" is found in"
                + " nine runs out of ten.");
    }

    private void row(Change change) {
        String label = change.decision().label();
        switch (change.decision()) {
            case SLOWER -> page.row("band-critical", "▼", label);
            case FASTER -> page.row("band-target", "▲", label);
            case NO_CHANGE, TOO_SMALL -> page.row("", "=", label);
        }
        page.cell(change.measure().label());
        page.cell(change.measure().format(change.now()));
        page.cell(change.measure().format(change.before()));
        page.cell("actual", Numbers.change(change.change()));
        page.cell(Numbers.change(change.low()) + " to " + Numbers.change(change.high()));
        page.cell(change.chance() < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", change.chance()));
        page.cell(
                Numbers.change(change.measure().metric().lowerIsBetter() ? change.detectable() : -change.detectable()));
        page.cell(change.runs() + (change.leftOut() == 0 ? "" : " (" + change.leftOut() + " left out)"));
        page.endRow();
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
        boolean times = measures.get(0).metric().lowerIsBetter();
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
        long leftOut = history.stream()
                .limit(history.size() - 1L)
                .filter(point -> !point.baseline())
                .count();
        String title = "The last " + history.size() + " runs";
        page.chart(
                title,
                "Dashed: what this run is compared with."
                        + (leftOut > 0 ? " Not compared with " + leftOut + " of them." : ""),
                plot.svg(title));
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

    private static Ticks ticks(List<Point> history) {
        List<Double> at = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        int step = (history.size() + MAX_LABELS - 1) / MAX_LABELS;
        for (int i = history.size() - 1; i >= 0; i -= step) {
            at.add(i + 1.0);
            labels.add(label(history, i));
        }
        return new Ticks(at, labels);
    }

    /** The commit if it is another than that of the run before, else the time. */
    private static String label(List<Point> history, int i) {
        String commit = history.get(i).commit();
        boolean another = i == 0 || !Objects.equals(commit, history.get(i - 1).commit());
        return commit != null && another
                ? Text.line(commit, 8)
                : DAY.format(history.get(i).startedAt());
    }
}
