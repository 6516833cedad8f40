package io.stampede.internal.report;

import static io.stampede.internal.format.Numbers.count;
import static io.stampede.internal.format.Numbers.nanos;
import static io.stampede.internal.format.Numbers.operations;
import static io.stampede.internal.format.Numbers.scale;

import io.stampede.baseline.Comparison;
import io.stampede.internal.format.Times;
import io.stampede.metric.Unit;
import io.stampede.result.Distribution;
import io.stampede.result.FailureGroup;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.verdict.Verdict;
import io.stampede.verdict.Verdict.Reading;
import io.stampede.verdict.Verdict.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * A result and its verdict as plain text, at most 100 columns wide, for the console and for failure messages. Pure; may
 * be used by all threads.
 *
 * @since 0.1
 */
public final class VerdictTable {

    private static final int WIDTH = 100;
    private static final int MAX_CAUSES = 10;
    private static final int MAX_GAUGES = 5;
    private static final int FIRST_PHASES = 5;
    private static final int LAST_PHASES = 25;
    private static final Duration SETTLED_AT_ONCE = Duration.ofMillis(100);

    private final LoadResult result;
    private final Verdict verdict;
    private final List<String> lines = new ArrayList<>();

    private VerdictTable(LoadResult result, Verdict verdict) {
        this.result = result;
        this.verdict = verdict;
    }

    /** Rows in the order of the targets table, reasons after them. */
    public static String render(LoadResult result, Verdict verdict) {
        VerdictTable table = new VerdictTable(result, verdict);
        table.header();
        table.figures();
        table.rows(verdict.rows());
        table.phases();
        table.warmUp();
        table.comparison();
        table.generator();
        table.failures();
        table.notes();
        table.reasons();
        return table.text();
    }

    /** For failure messages: reasons first, then the rows, worst first. */
    public static String renderWorstFirst(LoadResult result, Verdict verdict) {
        VerdictTable table = new VerdictTable(result, verdict);
        table.reasons();
        table.header();
        table.figures();
        table.rows(verdict.rows().stream()
                .sorted(Comparator.comparing(Row::band).reversed())
                .toList());
        table.phases();
        table.warmUp();
        table.comparison();
        table.generator();
        table.failures();
        table.notes();
        return table.text();
    }

    private String text() {
        return lines.stream().collect(Collectors.joining("\n"));
    }

    private void wrap(String text) {
        lines.addAll(TerminalText.wrap(text, WIDTH, "  "));
    }

    private void blank() {
        if (!lines.isEmpty()) {
            lines.add("");
        }
    }

    private void header() {
        blank();
        StringJoiner header = new StringJoiner(", ");
        header.add(verdict.outcome() + " " + result.scenario().name());
        header.add(result.scenario().describe());
        String environment = result.facts().get("environment");
        if (environment != null) {
            header.add("on " + environment);
        }
        if (result.scenario().scale() != 1) {
            header.add("at " + scale(result.scenario().scale()) + " of its size");
        }
        wrap(header.toString());
    }

    private void figures() {
        Distribution times = result.responseTime();
        StringJoiner figures = new StringJoiner(", ");
        figures.add(operations(result.ended()) + " in " + Times.format(result.elapsed()));
        figures.add(count(result.failed()) + " failed");
        if (!times.isEmpty()) {
            figures.add("p50 " + nanos(times.percentileNanos(50)));
            figures.add("p95 " + nanos(times.percentileNanos(95)));
            figures.add("p99 " + nanos(times.percentileNanos(99)));
            figures.add("max " + nanos(times.percentileNanos(100)));
        }
        if (!Double.isNaN(result.throughput())) {
            figures.add(Times.number(result.throughput()) + " ops/s");
        }
        if (!result.serviceTime().isEmpty()) {
            figures.add("service time p95 " + nanos(result.serviceTime().percentileNanos(95)));
        }
        result.gauges().stream()
                .filter(gauge -> gauge.samples() > 0 && !GaugeSeries.ofEngine(gauge.name()))
                .limit(MAX_GAUGES)
                .forEach(gauge ->
                        figures.add(gauge.name() + " max " + gauge.unit().format(gauge.max())));
        wrap(figures.toString());
    }

    private void rows(List<Row> rows) {
        if (rows.isEmpty()) {
            wrap("Nothing was judged: there are no targets.");
            return;
        }
        blank();
        TextTable table =
                new TextTable(new String[] {"Metric", "Actual", "Target", "Acceptable", "Verdict"}, 28, 24, 15, 15, 10);
        rows.forEach(row -> table.add(
                row.label(),
                row.actual(),
                row.target(),
                row.acceptable(),
                row.band().label()));
        lines.addAll(table.lines());
    }

    private void phases() {
        List<PhaseResult> phases = result.phases();
        if (phases.size() < 2) {
            return;
        }
        blank();
        Optional<String> queue = queue();
        String queueHead = queue.map(name -> TerminalText.cut(TerminalText.clean(name), 14) + " max")
                .orElse("");
        TextTable table = new TextTable(
                new String[] {
                    "Phase", "Operations", "p95", "Mean", "Throughput", "Success", queueHead, stress() ? "Limits" : ""
                },
                20,
                13,
                9,
                9,
                14,
                10,
                18,
                6);
        for (int i = 0; i < phases.size(); i++) {
            if (phases.size() > FIRST_PHASES + LAST_PHASES && i == FIRST_PHASES) {
                i = phases.size() - LAST_PHASES;
                table.add("...", "", "", "", "", "", "", "");
            }
            PhaseResult phase = phases.get(i);
            table.add(
                    phase.name(),
                    count(phase.outcomes().ended()),
                    nanos(phase.outcomes().responseTime().percentileNanos(95)),
                    nanos(phase.outcomes().responseTime().meanNanos()),
                    Double.isNaN(phase.throughput()) ? "-" : Times.number(phase.throughput()) + " ops/s",
                    Double.isNaN(phase.outcomes().successRate())
                            ? "-"
                            : Times.number(phase.outcomes().successRate()) + " %",
                    queue.map(name -> peak(phase, name)).orElse(""),
                    stress() ? limits(phase) : "");
        }
        lines.addAll(table.lines());
    }

    private void warmUp() {
        PhaseResult warmUp = result.warmUp();
        if (warmUp == null) {
            return;
        }
        StringJoiner figures = new StringJoiner(", ");
        figures.add(operations(warmUp.outcomes().ended()) + " in " + Times.format(warmUp.elapsed()));
        figures.add(count(warmUp.outcomes().failed()) + " failed");
        if (!warmUp.outcomes().responseTime().isEmpty()) {
            figures.add("p95 " + nanos(warmUp.outcomes().responseTime().percentileNanos(95)));
        }
        Duration settled = warmUp.settled();
        if (settled != null && settled.compareTo(SETTLED_AT_ONCE) > 0) {
            figures.add("backlogs gone after " + Times.format(settled));
        }
        blank();
        wrap("Warm-up, in no other figure: " + figures);
    }

    private void comparison() {
        Comparison comparison = verdict.comparison();
        if (comparison != null) {
            blank();
            wrap(comparison.statement());
            comparison.notes().forEach(this::wrap);
        }
    }

    private boolean stress() {
        return result.scenario().kind().search().isPresent();
    }

    private String limits(PhaseResult step) {
        return step.broke() ? "broke" : "kept";
    }

    /** The gauge that says how much work waits, if phases know of one. */
    private Optional<String> queue() {
        return result.gauges().stream()
                .filter(GaugeSeries::backlog)
                .map(GaugeSeries::name)
                .filter(name -> result.phases().stream()
                        .anyMatch(phase -> phase.gaugeMax().containsKey(name)))
                .findFirst();
    }

    private String peak(PhaseResult phase, String gauge) {
        Map<String, Double> peaks = phase.gaugeMax();
        return peaks.containsKey(gauge) ? unit(gauge).format(peaks.get(gauge)) : "-";
    }

    private Unit unit(String gauge) {
        return result.gauge(gauge).map(GaugeSeries::unit).orElse(Unit.COUNT);
    }

    private void generator() {
        if (verdict.generator().isEmpty()) {
            return;
        }
        blank();
        StringJoiner readings = new StringJoiner(", ", "Load generator: ", "");
        for (Reading reading : verdict.generator()) {
            if (Double.isNaN(reading.value())) {
                continue; // there was nothing to measure
            }
            String standing = switch (reading.standing()) {
                case KEPT -> " (" + reading.limit() + ")";
                case BROKEN -> " (BROKEN: " + reading.limit() + ")";
                case NOT_JUDGED -> "";
            };
            readings.add(reading.figure().label() + " " + reading.actual() + standing);
        }
        wrap(readings.toString());
    }

    private void failures() {
        if (result.failures().isEmpty()) {
            return;
        }
        blank();
        lines.add("Failures by cause");
        for (FailureGroup group : result.failures().stream().limit(MAX_CAUSES).toList()) {
            String shape = group.shape().isBlank() ? "" : ": " + group.shape();
            lines.addAll(TerminalText.wrap(count(group.count()) + " x " + group.type() + shape, WIDTH, "    "));
        }
        Failures.unshown(result, MAX_CAUSES).ifPresent(more -> wrap("and " + more));
    }

    private void notes() {
        List<String> notes = new ArrayList<>();
        verdict.rows().stream()
                .filter(row -> !row.note().isEmpty())
                .forEach(row -> notes.add(row.label() + ": " + row.note()));
        notes.addAll(verdict.notes());
        if (!notes.isEmpty()) {
            blank();
            notes.forEach(this::wrap);
        }
    }

    private void reasons() {
        if (!verdict.reasons().isEmpty()) {
            blank();
            verdict.reasons().forEach(this::wrap);
        }
    }
}
