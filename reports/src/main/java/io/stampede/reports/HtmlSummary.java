package io.stampede.reports;

import io.stampede.result.BreakingPoint;
import io.stampede.result.Distribution;
import io.stampede.result.FailureGroup;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.result.Machine;
import io.stampede.result.PhaseResult;
import io.stampede.result.Recovery;
import io.stampede.scenario.Band;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Times;
import io.stampede.verdict.Judge;
import io.stampede.verdict.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One load test on one static page: XHTML with charts inside, no script, nothing loaded from elsewhere. */
final class HtmlSummary {

    private static final int MAX_STACK = 4000;
    private static final int MAX_FAILURES = 20;

    private final LoadResult result;
    private final Verdict verdict;
    private final StringBuilder html = new StringBuilder(64 * 1024);

    private HtmlSummary(LoadResult result, Verdict verdict) {
        this.result = result;
        this.verdict = verdict;
    }

    static String of(LoadResult result, Verdict verdict) {
        return new HtmlSummary(result, verdict).page();
    }

    private String page() {
        html.append("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n"
                + "<meta charset=\"utf-8\" />\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                + " style-src 'unsafe-inline'; img-src data:\" />\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n<title>");
        text(result.scenario().name());
        html.append("</title>\n<style>").append(Styles.CSS).append("</style>\n</head>\n<body>\n");
        headline();
        modes();
        judgements();
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
        text(result.scenario().describe());
        html.append("</p>\n");
        if (!verdict.reasons().isEmpty()) {
            html.append("<ul>");
            verdict.reasons().stream().limit(10).forEach(reason -> item(reason));
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
        result.facts().forEach((key, value) -> chip(key, value));
        if (result.scenario().scale() != 1) {
            html.append("<span class=\"chip scaled\">")
                    .append(Text.escape(Headline.scale(result.scenario().scale())));
            html.append("</span>\n");
        }
        chip("seed", Long.toString(result.scenario().seed()));
        chip("started", result.startedAt().toString());
        html.append("</p>\n");
        result.generatorFaults().forEach(fault -> warning("Load generator at fault: " + fault));
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
        verdict.notes().forEach(this::paragraph);
        if (verdict.rows().isEmpty()) {
            paragraph("No targets were given, so nothing was judged.");
            return;
        }
        html.append(
                "<table class=\"verdict\"><thead><tr><th>Verdict</th><th>Metric</th><th>Measured</th><th>Target</th>"
                        + "<th>Acceptable</th><th>Note</th></tr></thead>\n<tbody>\n");
        for (Verdict.Row row : verdict.rows()) {
            html.append("<tr class=\"").append(css(row.band())).append("\"><td class=\"band\">");
            html.append(mark(row.band())).append(' ').append(row.band().label()).append("</td>");
            cell(row.metric());
            html.append("<td class=\"actual\">");
            text(row.actual());
            html.append("</td>");
            cell(row.target());
            cell(row.acceptable());
            cell(row.note());
            html.append("</tr>\n");
        }
        html.append("</tbody></table>\n");
        paragraph("Targets: " + result.scenario().targets().source() + ". The test fails on "
                + (result.scenario().failOn() == Band.ACCEPTABLE ? "ACCEPTABLE, CRITICAL" : "CRITICAL")
                + " and NO DATA.");
    }

    private static String css(Band band) {
        return "band-" + band.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String mark(Band band) {
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
                "<table class=\"figures\"><thead><tr><th></th><th>p50</th><th>p90</th><th>p95</th><th>p99</th><th>p99.9</th><th>max</th>"
                        + "<th>mean</th><th>operations</th></tr></thead><tbody>\n");
        timeRow("Response time", "from when it was due", result.responseTime());
        timeRow("Service time", "from when it started", result.serviceTime());
        timeRow("Lag", "from due to start", result.lag());
        if (!result.failureTime().isEmpty()) {
            timeRow("Failures", "from due to failing", result.failureTime());
        }
        html.append("</tbody></table>\n");
    }

    private void timeRow(String name, String meaning, Distribution times) {
        html.append("<tr><th scope=\"row\">")
                .append(name)
                .append("<small>")
                .append(meaning)
                .append("</small></th>");
        for (double percentile : new double[] {50, 90, 95, 99, 99.9, 100}) {
            numberCell(nanos(times.percentileNanos(percentile)));
        }
        numberCell(nanos(times.meanNanos()));
        numberCell(count(times.count()));
        html.append("</tr>\n");
    }

    private void numbers() {
        heading("Operations");
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Planned", Headline.planned(result));
        facts.put("Started", count(result.started()));
        facts.put("Succeeded", count(result.succeeded()));
        facts.put("Failed", count(result.failed()));
        facts.put("Success rate", Headline.percent(result.successRate()));
        facts.put("Throughput", Headline.rate(result.throughput()));
        facts.put("Delivered", Headline.percent(100 * result.delivered()));
        facts.put("Took", Times.format(result.elapsed()));
        Recovery recovery = result.recovery();
        if (recovery != null) {
            facts.put("Recovery", Headline.recovery(recovery));
        }
        BreakingPoint point = result.breakingPoint();
        if (point != null) {
            facts.put("Capacity", Headline.shortCapacity(point));
        }
        pairs(facts);
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
        facts.put("Succeeded", count(warmUp.succeeded()));
        facts.put("Failed", count(warmUp.failed()));
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
        html.append(
                "<div class=\"scroll\"><table><thead><tr><th>Step</th><th>start</th><th>planned</th><th>succeeded</th>"
                        + "<th>failed</th><th>p50</th><th>p95</th><th>p99</th><th>mean</th><th>ops/s</th><th>settled</th>"
                        + "<th>highest gauges</th></tr></thead><tbody>\n");
        for (PhaseResult phase : phases) {
            boolean broke =
                    point != null && Judge.breach(result.scenario(), phase).isPresent();
            html.append(broke ? "<tr class=\"band-critical\"><th scope=\"row\">✖ " : "<tr><th scope=\"row\">");
            text(phase.name());
            html.append("</th>");
            numberCell(Times.format(phase.start()));
            numberCell(count(phase.planned()));
            numberCell(count(phase.succeeded()));
            numberCell(count(phase.failed()));
            numberCell(nanos(phase.responseTime().percentileNanos(50)));
            numberCell(nanos(phase.responseTime().percentileNanos(95)));
            numberCell(nanos(phase.responseTime().percentileNanos(99)));
            numberCell(nanos(phase.responseTime().meanNanos()));
            numberCell(Times.number(phase.throughput()).replace("?", "-"));
            Duration settled = phase.settled();
            numberCell(settled == null ? "-" : Times.format(settled));
            StringBuilder gauges = new StringBuilder();
            phase.gaugeMax().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(gauge -> gauges.append(gauges.isEmpty() ? "" : ", ")
                            .append(gauge.getKey())
                            .append(' ')
                            .append(Times.number(gauge.getValue())));
            cell(gauges.toString());
            html.append("</tr>\n");
        }
        html.append("</tbody></table></div>\n");
    }

    private void charts() {
        List<Charts.Chart> charts = Charts.of(result);
        heading("Charts");
        if (charts.isEmpty()) {
            paragraph("Nothing was measured, so there is nothing to draw.");
        }
        for (Charts.Chart chart : charts) {
            html.append("<figure><figcaption><b>");
            text(chart.title());
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
            html.append("<details open=\"open\"><summary><b>")
                    .append(count(group.count()))
                    .append(" ×</b> <code>");
            text(group.type());
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
                "<table class=\"figures\"><thead><tr><th>Gauge</th><th>min</th><th>mean</th><th>max</th><th>last</th>"
                        + "<th>after recovery</th><th>samples</th><th>errors</th></tr></thead><tbody>\n");
        for (GaugeSeries gauge : result.gauges()) {
            html.append("<tr><th scope=\"row\">");
            text(gauge.name());
            String error = gauge.lastError();
            if (error != null) {
                html.append("<small>");
                text("last error: " + Text.line(error, 200));
                html.append("</small>");
            }
            html.append("</th>");
            for (double value :
                    new double[] {gauge.min(), gauge.mean(), gauge.max(), gauge.last(), gauge.afterRecovery()}) {
                numberCell(Double.isNaN(value) ? "-" : Times.number(value));
            }
            numberCell(count(gauge.samples()));
            numberCell(count(gauge.errors()));
            html.append("</tr>\n");
        }
        html.append("</tbody></table>\n");
    }

    private void generator() {
        heading("Load generator");
        if (verdict.generator().isEmpty()) {
            paragraph("Nobody watched it.");
            return;
        }
        html.append(
                "<table class=\"verdict\"><thead><tr><th>Standing</th><th>Figure</th><th>Measured</th><th>Limit</th>"
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
            cell(reading.note());
            html.append("</tr>\n");
        }
        html.append("</tbody></table>\n");
        paragraph("A run that breaks a limit says nothing of the target (stampede.validity = "
                + result.generator().limits().mode().name().toLowerCase(Locale.ROOT) + ").");
    }

    private void surroundings() {
        heading("Machine");
        Machine machine = result.machine();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("System", machine.os() + ", " + machine.arch());
        facts.put("Processors", Integer.toString(machine.processors()));
        facts.put("Heap", count(machine.memoryBytes() / (1024 * 1024)) + " MiB at most");
        facts.put("Java", machine.java() + ", " + machine.jvm());
        facts.put("Threads", machine.threads());
        pairs(facts);
    }

    private void pairs(Map<String, String> facts) {
        html.append("<dl>");
        facts.forEach((name, value) -> {
            html.append("<div><dt>").append(name).append("</dt><dd>");
            text(value);
            html.append("</dd></div>\n");
        });
        html.append("</dl>\n");
    }

    private void chip(String key, String value) {
        html.append("<span class=\"chip\"><b>");
        text(key);
        html.append("</b> ");
        text(value);
        html.append("</span>\n");
    }

    private void warning(String sentence) {
        html.append("<p class=\"warning\">");
        text(sentence);
        html.append("</p>\n");
    }

    private void heading(String heading) {
        html.append("<h2>").append(heading).append("</h2>\n");
    }

    private void paragraph(String sentence) {
        html.append("<p>");
        text(sentence);
        html.append("</p>\n");
    }

    private void item(String sentence) {
        html.append("<li>");
        text(sentence);
        html.append("</li>");
    }

    private void cell(String value) {
        html.append("<td>");
        text(value);
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

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
