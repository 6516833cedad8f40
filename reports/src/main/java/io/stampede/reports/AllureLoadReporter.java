package io.stampede.reports;

import io.stampede.report.LoadReporter;
import io.stampede.report.ResultJson;
import io.stampede.result.BreakingPoint;
import io.stampede.result.LoadResult;
import io.stampede.result.Recovery;
import io.stampede.scenario.Band;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Times;
import io.stampede.verdict.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Writes each load test's summary, JSON, CSV series and interval log below the report directory, and attaches the same
 * to the Allure test case that is open, if one is. Errors are printed and fail nothing.
 *
 * @since 0.1
 */
public final class AllureLoadReporter implements LoadReporter {

    /** A file of one load test. */
    private record Artifact(String title, String fileSuffix, String type, String extension, Supplier<byte[]> content) {}

    @Override
    public void finished(LoadResult result, Verdict verdict) {
        try {
            String name = Run.current().add(result, verdict);
            Path directory = ReportSettings.directory().resolve("load").resolve(name);
            AllureTestCase test = AllureTestCase.current().orElse(null);
            if (test != null) {
                describe(test, result, verdict);
            }
            String prefix = test == null ? "" : prefix(test, result);
            for (Artifact artifact : artifacts(result, verdict)) {
                publish(artifact, directory, test, prefix);
            }
            Live.reported(result, directory.resolve("summary.html"));
            if (test != null) {
                parameters(test, prefix, result, verdict);
            }
        } catch (RuntimeException | LinkageError e) {
            Console.error("\"" + result.scenario().name() + "\" could not be reported", e);
        }
    }

    private static java.util.List<Artifact> artifacts(LoadResult result, Verdict verdict) {
        return java.util.List.of(
                new Artifact(
                        "Load test summary",
                        "summary.html",
                        "text/html",
                        ".html",
                        () -> utf8(HtmlSummary.of(result, verdict))),
                new Artifact("Result (JSON)", "result.json", "application/json", ".json", () -> json(result, verdict)),
                new Artifact("Series (CSV)", "series.csv", "text/csv", ".csv", () -> utf8(CsvSeries.of(result))),
                new Artifact("Gauges (CSV)", "gauges.csv", "text/csv", ".csv", () -> utf8(CsvSeries.gauges(result))),
                new Artifact(
                        "Interval log (HdrHistogram)",
                        "intervals.hlog",
                        "text/plain",
                        ".hlog",
                        () -> IntervalLog.of(result)));
    }

    /** One that fails does not take the others along. */
    private static void publish(
            Artifact artifact, Path directory, @org.jspecify.annotations.Nullable AllureTestCase test, String prefix) {
        byte[] content;
        try {
            content = artifact.content().get();
        } catch (RuntimeException | LinkageError e) {
            Console.error(artifact.fileSuffix() + " could not be made", e);
            return;
        }
        Path file = directory.resolve(artifact.fileSuffix());
        try {
            Files.createDirectories(directory);
            Files.write(file, content);
        } catch (IOException e) {
            Console.error(file + " could not be written", e);
        }
        if (test != null) {
            test.attach(prefix + artifact.title(), artifact.type(), artifact.extension(), content);
        }
    }

    private static byte[] json(LoadResult result, Verdict verdict) {
        StringWriter writer = new StringWriter();
        ResultJson.write(result, verdict, writer);
        return utf8(writer.toString());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Several runs in one test each have their name before what is theirs. */
    private static String prefix(AllureTestCase test, LoadResult result) {
        return test.hasParameter("scenario") ? result.scenario().name() + ": " : "";
    }

    private static void describe(AllureTestCase test, LoadResult result, Verdict verdict) {
        StringBuilder markdown = new StringBuilder("**" + Headline.of(verdict) + "**\n\n");
        StringBuilder html = new StringBuilder("<p><b>" + Text.escape(Headline.of(verdict)) + "</b></p>\n<p>"
                + Text.escape(result.scenario().describe()) + "</p>\n");
        markdown.append(Text.escape(result.scenario().describe())).append('\n');
        if (!verdict.rows().isEmpty()) {
            html.append("<table><tr><th>Verdict</th><th>Metric</th><th>Measured</th><th>Target</th>"
                    + "<th>Acceptable</th></tr>");
            for (Verdict.Row row : verdict.rows()) {
                html.append("<tr><td>")
                        .append(HtmlSummary.mark(row.band()))
                        .append(' ')
                        .append(row.band().label());
                for (String cell : new String[] {row.metric(), row.actual(), row.target(), row.acceptable()}) {
                    html.append("</td><td>").append(Text.escape(cell));
                }
                html.append("</td></tr>");
            }
            html.append("</table>\n");
        }
        verdict.reasons().stream()
                .limit(10)
                .forEach(
                        reason -> html.append("<p>").append(Text.escape(reason)).append("</p>\n"));
        test.describe(markdown.toString(), html.toString());
        test.label("tag", "load");
        test.label("tag", result.scenario().kind().label());
        test.label("epic", "Load tests");
        test.label("feature", capitalised(result.scenario().kind().label()));
    }

    private static String capitalised(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static void parameters(AllureTestCase test, String prefix, LoadResult result, Verdict verdict) {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("scenario", result.scenario().describe());
        given.put("operations", Headline.planned(result));
        Phase warmUp = result.scenario().warmUp();
        if (warmUp != null) {
            given.put("warm-up", warmUp.workload().describe());
        }
        given.put("scale", Times.number(result.scenario().scale()));
        given.forEach((name, value) -> test.parameter(prefix + name, value, false));

        Map<String, String> measured = new LinkedHashMap<>();
        // Facts may differ between machines and runs, and the history must stay one.
        measured.putAll(result.facts());
        measured.put("seed", Long.toString(result.scenario().seed()));
        measured.put("verdict", verdict.outcome() + ", worst row " + label(verdict));
        measured.put("succeeded", count(result.succeeded()));
        measured.put("failed", count(result.failed()));
        for (double percentile : new double[] {50, 95, 99, 100}) {
            measured.put(
                    percentile == 100 ? "response time max" : "response time p" + (int) percentile,
                    nanos(result.responseTime().percentileNanos(percentile)));
        }
        measured.put("service time p99", nanos(result.serviceTime().percentileNanos(99)));
        measured.put("throughput", Headline.rate(result.throughput()));
        measured.put("success rate", Headline.percent(result.successRate()));
        measured.put("delivered", Headline.percent(100 * result.delivered()));
        Recovery recovery = result.recovery();
        if (recovery != null) {
            measured.put("recovery", Headline.recovery(recovery));
        }
        if (result.abortedBy() != null) {
            measured.put("ended early by", result.abortedBy());
        }
        BreakingPoint point = result.breakingPoint();
        if (point != null) {
            measured.put("capacity", Headline.capacity(point));
        }
        measured.forEach((name, value) -> test.parameter(prefix + name, value, true));
    }

    private static String label(Verdict verdict) {
        Band worst = verdict.worst();
        return verdict.rows().isEmpty() ? "none" : worst.label();
    }

    private static String nanos(double nanos) {
        return Double.isNaN(nanos) ? "-" : Times.formatNanos(nanos);
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
