package io.stampede.report.summary;

import io.stampede.internal.format.Times;
import io.stampede.internal.verdict.Judge;
import io.stampede.metric.Band;
import io.stampede.report.text.Headline;
import io.stampede.report.text.Text;
import io.stampede.result.BreakingPoint;
import io.stampede.result.Distribution;
import io.stampede.result.FailureGroup;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.result.Machine;
import io.stampede.result.PhaseResult;
import io.stampede.result.Recovery;
import io.stampede.scenario.Phase;
import io.stampede.verdict.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** One load test on one static page: XHTML with charts inside, no script, nothing loaded from elsewhere. */
public final class HtmlSummary {

    private static final int MAX_STACK = 4000;
    private static final int MAX_FAILURES = 20;
    private static final int MAX_ROWS = 200;
    private static final int MAX_LIST = 20;
    private static final int MAX_CELL = 600; // characters: names and messages may be of any length

    private final LoadResult result;
    private final Verdict verdict;
    private final @Nullable String test;
    private final StringBuilder html = new StringBuilder(64 * 1024);

    private HtmlSummary(LoadResult result, Verdict verdict, @Nullable String test) {
        this.result = result;
        this.verdict = verdict;
        this.test = test;
    }

    public static String of(LoadResult result, Verdict verdict) {
        return of(result, verdict, null);
    }

    /** @param test that the load test ran in, as {@code package.Outer$Inner#method}; null where it is not known */
    public static String of(LoadResult result, Verdict verdict, @Nullable String test) {
        return new HtmlSummary(result, verdict, test).page();
    }

    private String page() {
        html.append("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n"
                + "<meta charset=\"utf-8\" />\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                + " style-src 'unsafe-inline'; img-src data:\" />\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n<title>");
        text(Text.line(result.scenario().name(), 200));
        html.append("</title>\n<style>").append(Styles.CSS).append("</style>\n</head>\n<body>\n");
        headline();
        modes();
        judgements();
        again();
        html.append(ComparisonSection.of(verdict.comparison()));
        times();
        numbers();
        warmUp();
        phases();
        charts();
        failures();
        gauges();
        generator();
        surroundings();
        html.append("</body>\n</html>\n");
        return html.toString();
    }

    private void headline() {
        String name = verdict.outcome().name().toLowerCase(Locale.ROOT);
        boolean close = verdict.passed() && verdict.worst() == Band.ACCEPTABLE;
        html.append("<header class=\"").append(close ? "acceptable" : name).append("\">\n<p class=\"outcome\">");
        html.append(symbol()).append(' ').append(Headline.of(verdict)).append("</p>\n<h1>");
        text(result.scenario().name());
        html.append("</h1>\n<p class=\"plan\">");
        text(Text.cut(result.scenario().describe(), MAX_STACK));
        html.append("</p>\n");
        if (!verdict.reasons().isEmpty()) {
            html.append("<ul>");
            verdict.reasons().stream().limit(10).forEach(this::item);
            html.append("</ul>\n");
        }
        html.append("</header>\n");
    }

    private String symbol() {
        return switch (verdict.outcome()) {
            case PASSED -> verdict.worst() == Band.TARGET ? "✔" : "!";
            case FAILED -> "✖";
            case INVALID -> "⊘";
        };
    }

    /** What must be known before any figure is compared. */
    private void modes() {
        html.append("<p class=\"modes\">");
        result.facts().entrySet().stream().limit(MAX_LIST).forEach(fact -> chip(fact.getKey(), fact.getValue()));
        if (result.scenario().scale() != 1) {
            html.append("<span class=\"chip scaled\">")
                    .append(Text.escape(Headline.scale(result.scenario().scale())));
            html.append("</span>\n");
        }
        chip("seed", Long.toString(result.scenario().seed()));
        chip("started", result.startedAt().toString());
        html.append("</p>\n");
        result.generatorFaults().stream()
                .limit(MAX_LIST)
                .forEach(fault -> warning("Load generator at fault: " + fault));
        String aborted = result.abortedBy();
        if (aborted != null) {
            warning("Ended early by its own rule: " + aborted);
        }
        String early = result.endedEarly();
        if (early != null) {
            warning("Ended early: " + early);
        }
    }

    private void judgements() {
        heading("Verdict");
        rows();
        validity();
        verdict.notes().stream().limit(MAX_LIST).forEach(this::paragraph);
    }

    private void rows() {
        if (verdict.rows().isEmpty()) {
            paragraph("No targets were given, so nothing was judged.");
            return;
        }
        html.append(
                "<div class=\"scroll\"><table class=\"verdict\"><thead><tr><th>Verdict</th><th>Metric</th><th>Measured</th><th>Target</th>"
                        + "<th>Acceptable</th><th>Note</th></tr></thead>\n<tbody>\n");
        verdict.rows().stream().limit(MAX_ROWS).forEach(this::judgement);
        html.append("</tbody></table></div>\n");
        paragraph("Targets: " + result.scenario().targets().source() + ". The test fails on "
                + (result.scenario().failOn() == Band.ACCEPTABLE ? "ACCEPTABLE, CRITICAL" : "CRITICAL")
                + " and NO DATA.");
    }

    private void judgement(Verdict.Row row) {
        html.append("<tr class=\"")
                .append(css(row.band()))
                .append("\" data-band=\"")
                .append(row.band().name());
        html.append("\"><td class=\"band\">");
        html.append(mark(row.band())).append(' ').append(row.band().label()).append("</td>");
        cell(row.metric());
        html.append("<td class=\"actual\"").append(data("value", row.value())).append('>');
        text(Text.cut(row.actual(), MAX_CELL));
        html.append("</td>");
        cell(row.target());
        cell(row.acceptable());
        note(row.note());
        html.append("</tr>\n");
    }

    /** Whether the figures say anything of the target; the table of it comes later. */
    private void validity() {
        List<Verdict.Reading> judged = verdict.generator().stream()
                .filter(reading -> reading.standing() != Verdict.Reading.Standing.NOT_JUDGED)
                .toList();
        if (judged.isEmpty()) {
            return;
        }
        long broken = judged.stream()
                .filter(reading -> reading.standing() == Verdict.Reading.Standing.BROKEN)
                .count();
        html.append("<p class=\"validity\"><b>Validity:</b> ");
        html.append(
                broken == 0
                        ? "✔ the load generator kept all " + judged.size() + " of its limits"
                        : "✖ the load generator broke " + broken + " of its " + judged.size() + " limits");
        html.append("; see <a href=\"#generator\">Load generator</a>.</p>\n");
    }

    private void again() {
        html.append("<p>Run it again, with the same seed and size:</p>\n<pre class=\"command\">");
        text(RepeatCommand.of(result, test));
        html.append("</pre>\n<p>With Gradle or in an IDE, give the test's JVM the same <code>-Dstampede</code>"
                + " properties.</p>\n");
    }

    private static String css(Band band) {
        return "band-" + band.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static String mark(Band band) {
        return switch (band) {
            case TARGET -> "✔";
            case ACCEPTABLE -> "!";
            case CRITICAL -> "✖";
            case NO_DATA -> "?";
        };
    }

    private void times() {
        heading("Times");
        html.append(
                "<div class=\"scroll\"><table class=\"figures\"><thead><tr><th></th><th>p50</th><th>p90</th><th>p95</th><th>p99</th><th>p99.9</th><th>max</th>"
                        + "<th>mean</th><th>operations</th></tr></thead><tbody>\n");
        timeRow("Response time", "from when it was due", "responseTime", result.responseTime());
        timeRow("Service time", "from when it started", "serviceTime", result.serviceTime());
        timeRow("Lag", "from due to start", "lag", result.lag());
        if (!result.failureTime().isEmpty()) {
            timeRow("Failures", "from due to failing", "failureTime", result.failureTime());
        }
        html.append("</tbody></table></div>\n");
    }

    /** @param json what the result's JSON calls it */
    private void timeRow(String name, String meaning, String json, Distribution times) {
        html.append("<tr data-times=\"")
                .append(json)
                .append("\"><th scope=\"row\">")
                .append(name)
                .append("<small>")
                .append(meaning)
                .append("</small></th>");
        numberCell("p50Nanos", times.percentileNanos(50), HtmlSummary::nanos);
        numberCell("p90Nanos", times.percentileNanos(90), HtmlSummary::nanos);
        numberCell("p95Nanos", times.percentileNanos(95), HtmlSummary::nanos);
        numberCell("p99Nanos", times.percentileNanos(99), HtmlSummary::nanos);
        numberCell("p99_9Nanos", times.percentileNanos(99.9), HtmlSummary::nanos);
        numberCell("maxNanos", times.percentileNanos(100), HtmlSummary::nanos);
        numberCell("meanNanos", times.meanNanos(), HtmlSummary::nanos);
        countCell("count", times.count());
        html.append("</tr>\n");
    }

    private void numbers() {
        heading("Operations");
        html.append("<dl>");
        figure("Planned", "planned", result.planned(), Headline.planned(result));
        figure("Started", "started", result.started(), Headline.count(result.started()));
        figure("Succeeded", "succeeded", result.succeeded(), Headline.count(result.succeeded()));
        figure("Failed", "failed", result.failed(), Headline.count(result.failed()));
        figure("Success rate", "successPercent", result.successRate(), Headline.percent(result.successRate()));
        figure("Throughput", "throughputPerSecond", result.throughput(), Headline.rate(result.throughput()));
        figure("Delivered", "delivered", result.delivered(), Headline.percent(100 * result.delivered()));
        figure("Took", "elapsedNanos", result.elapsed().toNanos(), Times.format(result.elapsed()));
        Recovery recovery = result.recovery();
        if (recovery != null) {
            figure("Recovery", "recovery", recovery.took().toNanos(), Headline.recovery(recovery));
        }
        BreakingPoint point = result.breakingPoint();
        if (point != null) {
            figure("Capacity", "capacity", point.capacity(), Headline.shortCapacity(point));
        }
        html.append("</dl>\n");
    }

    private void figure(String name, String metric, Number value, String shown) {
        html.append("<div><dt>")
                .append(name)
                .append("</dt><dd data-metric=\"")
                .append(metric)
                .append('"');
        html.append(data("value", value.doubleValue())).append('>');
        text(Text.cut(shown, MAX_CELL));
        html.append("</dd></div>\n");
    }

    private void warmUp() {
        PhaseResult warmUp = result.warmUp();
        if (warmUp == null) {
            return;
        }
        heading("Warm-up");
        paragraph("Ran before, and is in no other figure.");
        Map<String, String> facts = new LinkedHashMap<>();
        Phase phase = result.scenario().warmUp();
        if (phase != null) {
            facts.put("Load", phase.workload().describe());
        }
        facts.put("Succeeded", Headline.count(warmUp.succeeded()));
        facts.put("Failed", Headline.count(warmUp.failed()));
        facts.put("Throughput", Headline.rate(warmUp.throughput()));
        facts.put("Response time p95", nanos(warmUp.responseTime().percentileNanos(95)));
        facts.put("Took", Times.format(warmUp.elapsed()));
        Duration settled = warmUp.settled();
        facts.put("Backlogs gone after", settled == null ? "-" : Times.format(settled));
        pairs(facts);
    }

    private void phases() {
        List<PhaseResult> phases = result.phases();
        BreakingPoint point = result.breakingPoint();
        if (point != null) {
            heading("Breaking point");
            paragraph(Headline.capacity(point));
        }
        if (phases.size() < 2) {
            return;
        }
        heading("Steps");
        html.append("<div class=\"scroll steps\"><table><thead><tr><th>Step</th><th class=\"number\">start</th>"
                + "<th class=\"number\">planned</th><th class=\"number\">succeeded</th>"
                + "<th class=\"number\">failed</th><th class=\"number\">p50</th><th class=\"number\">p95</th>"
                + "<th class=\"number\">p99</th><th class=\"number\">mean</th><th class=\"number\">ops/s</th>"
                + "<th class=\"number\">settled</th>"
                + "<th>highest gauges</th></tr></thead><tbody>\n");
        for (PhaseResult phase : phases.subList(0, Math.min(MAX_ROWS, phases.size()))) {
            boolean broke =
                    point != null && Judge.breach(result.scenario(), phase).isPresent();
            html.append(broke ? "<tr class=\"band-critical\"><th scope=\"row\">✖ " : "<tr><th scope=\"row\">");
            text(Text.line(phase.name(), 120));
            html.append("</th>");
            numberCell(Times.format(phase.start()));
            countCell("planned", phase.planned());
            countCell("succeeded", phase.succeeded());
            countCell("failed", phase.failed());
            numberCell("p50Nanos", phase.responseTime().percentileNanos(50), HtmlSummary::nanos);
            numberCell("p95Nanos", phase.responseTime().percentileNanos(95), HtmlSummary::nanos);
            numberCell("p99Nanos", phase.responseTime().percentileNanos(99), HtmlSummary::nanos);
            numberCell("meanNanos", phase.responseTime().meanNanos(), HtmlSummary::nanos);
            numberCell(Times.number(phase.throughput()).replace("?", "-"));
            Duration settled = phase.settled();
            numberCell(settled == null ? "-" : Times.format(settled));
            StringBuilder gauges = new StringBuilder();
            phase.gaugeMax().entrySet().stream()
                    .filter(gauge -> !GaugeSeries.ofEngine(gauge.getKey()))
                    .sorted(Map.Entry.comparingByKey())
                    .limit(MAX_LIST)
                    .forEach(gauge -> gauges.append(gauges.isEmpty() ? "" : ", ")
                            .append(Text.line(gauge.getKey(), 60))
                            .append(' ')
                            .append(Times.number(gauge.getValue())));
            note(gauges.toString());
            html.append("</tr>\n");
        }
        html.append("</tbody></table></div>\n");
        if (phases.size() > MAX_ROWS) {
            paragraph("And " + (phases.size() - MAX_ROWS) + " more, in the JSON.");
        }
    }

    private void charts() {
        List<Charts.Chart> charts = Charts.of(result);
        heading("Charts");
        if (charts.isEmpty()) {
            paragraph("Nothing was measured, so there is nothing to draw.");
        }
        for (Charts.Chart chart : charts) {
            html.append("<figure><figcaption><b>");
            text(Text.line(chart.title(), 200));
            html.append("</b> ");
            text(chart.note());
            html.append("</figcaption>\n").append(chart.svg()).append("</figure>\n");
        }
        if (!charts.isEmpty() && result.series().size() < 2) {
            paragraph("The load was over within one interval, so there is no course over time.");
        }
    }

    private void failures() {
        if (result.failures().isEmpty()) {
            return;
        }
        heading("Failures by cause");
        for (FailureGroup group : result.failures()
                .subList(0, Math.min(MAX_FAILURES, result.failures().size()))) {
            html.append("<details open=\"open\" data-failures=\"")
                    .append(group.count())
                    .append("\"><summary><b>")
                    .append(Headline.count(group.count()))
                    .append(" ×</b> <code>");
            text(Text.line(group.type(), 300));
            html.append("</code> ");
            text(Text.line(group.shape(), 400));
            html.append("</summary>\n");
            group.samples().stream().limit(1).forEach(sample -> {
                html.append("<p>First: operation ").append(sample.operation()).append(", after ");
                html.append(Times.format(sample.at())).append(".</p><pre>");
                text(cut(sample.stackTrace().isEmpty() ? sample.message() : sample.stackTrace()));
                html.append("</pre>");
            });
            html.append("</details>\n");
        }
        if (result.failures().size() > MAX_FAILURES) {
            paragraph("And " + (result.failures().size() - MAX_FAILURES) + " more causes, in the JSON.");
        }
    }

    private static String cut(String stack) {
        return stack.length() <= MAX_STACK ? stack : stack.substring(0, MAX_STACK) + "\n… cut; the JSON has it whole.";
    }

    private void gauges() {
        if (result.gauges().isEmpty()) {
            return;
        }
        heading("Gauges");
        html.append(
                "<div class=\"scroll\"><table class=\"figures\"><thead><tr><th>Gauge</th><th>min</th><th>mean</th><th>max</th><th>last</th>"
                        + "<th>after recovery</th><th>samples</th><th>errors</th></tr></thead><tbody>\n");
        result.gauges().stream().limit(MAX_ROWS).forEach(this::gauge);
        html.append("</tbody></table></div>\n");
    }

    private void gauge(GaugeSeries gauge) {
        html.append("<tr data-gauge=\"")
                .append(Text.escape(Text.line(gauge.name(), 200)))
                .append("\"><th scope=\"row\">");
        text(Text.line(gauge.name(), 200));
        String error = gauge.lastError();
        if (error != null) {
            html.append("<small>");
            text("last error: " + Text.line(error, 200));
            html.append("</small>");
        }
        html.append("</th>");
        boolean bytes = gauge.name().equals(GaugeSeries.HEAP_AFTER_COLLECTION);
        boolean percent = !bytes && GaugeSeries.ofEngine(gauge.name());
        DoubleFunction<String> shown = value -> Double.isNaN(value)
                ? "-"
                : bytes ? Times.number(value / (1 << 20)) + " MiB" : Times.number(value) + (percent ? " %" : "");
        numberCell("min", gauge.min(), shown);
        numberCell("mean", gauge.mean(), shown);
        numberCell("max", gauge.max(), shown);
        numberCell("last", gauge.last(), shown);
        numberCell("afterRecovery", gauge.afterRecovery(), shown);
        countCell("samples", gauge.samples());
        countCell("errors", gauge.errors());
        html.append("</tr>\n");
    }

    private void generator() {
        html.append("<h2 id=\"generator\">Load generator</h2>\n");
        if (verdict.generator().isEmpty()) {
            paragraph("Nobody watched it.");
            return;
        }
        html.append(
                "<div class=\"scroll\"><table class=\"verdict\"><thead><tr><th>Standing</th><th>Figure</th><th>Measured</th><th>Limit</th>"
                        + "<th>Note</th></tr></thead>\n<tbody>\n");
        for (Verdict.Reading reading : verdict.generator()) {
            html.append(
                    switch (reading.standing()) {
                        case KEPT -> "<tr class=\"band-target\"><td class=\"band\">✔ ";
                        case BROKEN -> "<tr class=\"band-critical\"><td class=\"band\">✖ ";
                        case NOT_JUDGED -> "<tr><td class=\"band\">";
                    });
            text(reading.standing().label());
            html.append("</td>");
            cell(reading.figure());
            html.append("<td class=\"actual\">");
            text(reading.actual());
            html.append("</td>");
            cell(reading.limit());
            note(reading.note());
            html.append("</tr>\n");
        }
        html.append("</tbody></table></div>\n");
        paragraph("A run that breaks a limit says nothing of the target (stampede.validity = "
                + result.generator().limits().mode().name().toLowerCase(Locale.ROOT) + ").");
    }

    private void surroundings() {
        heading("Machine");
        Machine machine = result.machine();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("System", machine.os() + ", " + machine.arch());
        facts.put("Processors", Integer.toString(machine.processors()));
        facts.put("Heap", Headline.count(machine.memoryBytes() / (1024 * 1024)) + " MiB at most");
        facts.put("Java", machine.java() + ", " + machine.jvm());
        facts.put("Threads", machine.threads());
        pairs(facts);
    }

    private void pairs(Map<String, String> facts) {
        html.append("<dl>");
        facts.forEach((name, value) -> {
            html.append("<div><dt>").append(name).append("</dt><dd>");
            text(Text.cut(value, MAX_CELL));
            html.append("</dd></div>\n");
        });
        html.append("</dl>\n");
    }

    private void chip(String key, String value) {
        html.append("<span class=\"chip\"><b>");
        text(Text.line(key, 100));
        html.append("</b> ");
        text(Text.line(value, 400));
        html.append("</span>\n");
    }

    private void warning(String sentence) {
        html.append("<p class=\"warning\">");
        text(Text.cut(sentence, MAX_STACK));
        html.append("</p>\n");
    }

    private void heading(String heading) {
        html.append("<h2>").append(heading).append("</h2>\n");
    }

    private void paragraph(String sentence) {
        html.append("<p>");
        text(Text.cut(sentence, MAX_STACK));
        html.append("</p>\n");
    }

    private void item(String sentence) {
        html.append("<li>");
        text(Text.cut(sentence, MAX_STACK));
        html.append("</li>");
    }

    private void cell(String value) {
        html.append("<td>");
        text(Text.cut(value, MAX_CELL));
        html.append("</td>");
    }

    /** With the figure itself, as the result's JSON has it, for whoever reads it from the page. */
    private void numberCell(String metric, double value, DoubleFunction<String> shown) {
        html.append("<td class=\"number\" data-metric=\"")
                .append(metric)
                .append('"')
                .append(data("value", value))
                .append('>');
        text(shown.apply(value));
        html.append("</td>");
    }

    private void countCell(String metric, long count) {
        numberCell(metric, (double) count, HtmlSummary::count);
    }

    private static String data(String name, double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        boolean whole = Math.rint(value) == value && Math.abs(value) < 1L << 53;
        return " data-" + name + "=\"" + (whole ? Long.toString((long) value) : Double.toString(value)) + "\"";
    }

    private void note(String value) {
        html.append("<td class=\"note\">");
        text(Text.cut(value, MAX_CELL));
        html.append("</td>");
    }

    private void numberCell(String value) {
        html.append("<td class=\"number\">");
        text(value);
        html.append("</td>");
    }

    /** All text from outside goes through here. */
    private void text(String text) {
        html.append(Text.escape(text));
    }

    private static String nanos(double nanos) {
        return Double.isNaN(nanos) ? "-" : Times.formatNanos(nanos);
    }

    private static String count(double count) {
        return Headline.count((long) count);
    }
}
