package io.stampede.report.allure;

import io.stampede.internal.format.Times;
import io.stampede.internal.report.ResultJson;
import io.stampede.metric.Band;
import io.stampede.report.LoadReporter;
import io.stampede.report.export.CsvSeries;
import io.stampede.report.export.IntervalLog;
import io.stampede.report.live.Live;
import io.stampede.report.readiness.EvidenceLog;
import io.stampede.report.summary.HtmlSummary;
import io.stampede.report.text.Console;
import io.stampede.report.text.Headline;
import io.stampede.report.text.Text;
import io.stampede.result.BreakingPoint;
import io.stampede.result.FailureGroup;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.result.Recovery;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.verdict.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes each load test's summary, JSON, CSV series and interval log below the report directory, and attaches the same
 * to the Allure test case that is open, if one is. Errors are printed and fail nothing.
 *
 * @since 0.1
 */
public final class AllureLoadReporter implements LoadReporter {

    /** What the description, the parameters and the steps of one load test may take, and stay below by far. */
    private static final int MAX_WORDS = 150_000;

    /** JSON that is larger is attached without what makes it so; the file has it whole. */
    private static final int MAX_JSON = 600_000;

    private static final int MAX_ROWS = 40;
    private static final int MAX_FACTS = 20;
    private static final int MAX_CELL = 120;
    private static final int MAX_SENTENCE = 600;

    /**
     * A file of one load test.
     *
     * @param attached what a test case gets of it
     */
    private record Artifact(
            String title,
            String fileSuffix,
            String type,
            String extension,
            Supplier<byte[]> content,
            UnaryOperator<byte[]> attached) {

        Artifact(String title, String fileSuffix, String type, String extension, Supplier<byte[]> content) {
            this(title, fileSuffix, type, extension, content, UnaryOperator.identity());
        }
    }

    /**
     * What became of a file.
     *
     * @param content null where it could not be made
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Made(Artifact artifact, byte @Nullable [] content) {

        static Made of(Artifact artifact) {
            try {
                return new Made(artifact, artifact.content().get());
            } catch (RuntimeException | LinkageError e) {
                Console.error(artifact.fileSuffix() + " could not be made", e);
                return new Made(artifact, null);
            }
        }
    }

    private EvidenceLog.@Nullable Running begunIn;

    @Override
    public void started(Scenario scenario, Map<String, String> facts) {
        begunIn = Run.current().evidence().running();
    }

    @Override
    public void finished(LoadResult result, Verdict verdict) {
        try {
            String here = Run.current().evidence().test(begunIn);
            String name = Run.current().add(result, verdict, here);
            Path directory = ReportSettings.directory().resolve("load").resolve(name);
            AllureTestCase test = AllureTestCase.current().orElse(null);
            String prefix = test == null ? "" : prefix(test, result);
            if (test != null && test.takes(MAX_WORDS)) {
                describe(test, result, verdict);
                steps(test, prefix, result);
                parameters(test, prefix, result, verdict);
            }
            for (Made made : make(artifacts(result, verdict, here))) {
                publish(made, directory, test, prefix);
            }
            Live.reported(result, directory.resolve("summary.html"));
        } catch (RuntimeException | LinkageError e) {
            Console.error("\"" + result.scenario().name() + "\" could not be reported", e);
        }
    }

    private static List<Artifact> artifacts(LoadResult result, Verdict verdict, @Nullable String test) {
        return List.of(
                new Artifact(
                        "Load test summary",
                        "summary.html",
                        "text/html",
                        ".html",
                        () -> utf8(HtmlSummary.of(result, verdict, test))),
                new Artifact(
                        "Result (JSON)",
                        "result.json",
                        "application/json",
                        ".json",
                        () -> json(result, verdict),
                        whole -> whole.length <= MAX_JSON ? whole : json(lean(result), verdict)),
                new Artifact("Series (CSV)", "series.csv", "text/csv", ".csv", () -> utf8(CsvSeries.of(result))),
                new Artifact("Gauges (CSV)", "gauges.csv", "text/csv", ".csv", () -> utf8(CsvSeries.gauges(result))),
                new Artifact(
                        "Interval log (HdrHistogram)",
                        "intervals.hlog",
                        "text/plain",
                        ".hlog",
                        () -> IntervalLog.of(result)));
    }

    /** All at once: a cold JVM takes more than a second for the charts alone. */
    private static List<Made> make(List<Artifact> artifacts) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        // Threads of their own, which inherit nothing: Allure would take what they do later for this test's.
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(artifacts.size(), Runtime.getRuntime().availableProcessors()), task -> {
                    Thread thread = new Thread(null, task, "stampede-report", 0, false);
                    thread.setContextClassLoader(loader);
                    thread.setDaemon(true);
                    return thread;
                });
        try {
            List<CompletableFuture<Made>> made = artifacts.stream()
                    .map(artifact -> CompletableFuture.supplyAsync(() -> Made.of(artifact), threads))
                    .toList();
            return made.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    /** One that fails does not take the others along. */
    private static void publish(Made made, Path directory, @Nullable AllureTestCase test, String prefix) {
        Artifact artifact = made.artifact();
        byte[] content = made.content();
        if (content == null) {
            return;
        }
        Path file = directory.resolve(artifact.fileSuffix());
        try {
            Files.createDirectories(directory);
            Files.write(file, content);
        } catch (IOException e) {
            Console.error(file + " could not be written", e);
        }
        if (test == null) {
            return;
        }
        try {
            attach(artifact, content, directory, test, prefix);
        } catch (RuntimeException | LinkageError e) {
            Console.error(file + " could not be attached", e);
        }
    }

    private static void attach(Artifact artifact, byte[] content, Path directory, AllureTestCase test, String prefix) {
        byte[] attached = artifact.attached().apply(content);
        if (test.takes(attached.length)) {
            test.attach(prefix + artifact.title(), artifact.type(), artifact.extension(), attached);
        } else {
            String where = directory.getFileName() + "/" + artifact.fileSuffix();
            Console.note(where + " is not attached: with it the test's result would be larger than "
                    + AllureTestCase.MAX_BYTES / 1_000_000 + " MB");
        }
    }

    private static byte[] json(LoadResult result, Verdict verdict) {
        StringWriter writer = new StringWriter();
        ResultJson.write(result, verdict, writer);
        return utf8(writer.toString());
    }

    /** Failures have the first sample of each cause, cut; names are cut, and gauges have no points. */
    private static LoadResult lean(LoadResult r) {
        List<FailureGroup> failures = r.failures().stream()
                .map(group -> new FailureGroup(
                        Text.cut(group.type(), MAX_SENTENCE),
                        Text.cut(group.shape(), MAX_SENTENCE),
                        group.count(),
                        group.samples().stream()
                                .limit(1)
                                .map(sample -> new FailureGroup.Sample(
                                        sample.operation(),
                                        sample.at(),
                                        Text.cut(sample.message(), MAX_SENTENCE),
                                        Text.cut(sample.stackTrace(), MAX_SENTENCE)))
                                .toList()))
                .toList();
        return new LoadResult(
                r.scenario(),
                r.startedAt(),
                r.elapsed(),
                r.planned(),
                r.started(),
                r.succeeded(),
                r.failed(),
                r.responseTime(),
                r.serviceTime(),
                r.lag(),
                r.failureTime(),
                r.series(),
                r.phases().stream().map(AllureLoadReporter::lean).toList(),
                failures,
                r.gauges().stream().map(AllureLoadReporter::lean).toList(),
                r.recovery(),
                r.breakingPoint(),
                r.facts(),
                r.machine(),
                r.endedEarly(),
                r.generatorFaults(),
                r.warmUp(),
                r.abortedBy(),
                r.generator());
    }

    private static PhaseResult lean(PhaseResult phase) {
        return new PhaseResult(
                Text.cut(phase.name(), MAX_SENTENCE),
                phase.planned(),
                phase.succeeded(),
                phase.failed(),
                phase.start(),
                phase.elapsed(),
                phase.responseTime(),
                phase.serviceTime(),
                Map.of(),
                phase.settled());
    }

    private static GaugeSeries lean(GaugeSeries gauge) {
        return new GaugeSeries(
                Text.cut(gauge.name(), MAX_SENTENCE),
                gauge.backlog(),
                List.of(),
                gauge.samples(),
                gauge.errors(),
                gauge.min(),
                gauge.max(),
                gauge.mean(),
                gauge.last(),
                gauge.afterRecovery(),
                gauge.lastError());
    }

    private static void steps(AllureTestCase test, String prefix, LoadResult result) {
        List<AllureTestCase.Step> steps = Steps.of(result);
        if (prefix.isEmpty()) {
            test.steps(steps);
        } else {
            test.steps(List.of(new AllureTestCase.Step(
                    result.scenario().name(), result.startedAt(), result.elapsed(), Map.of(), null, steps)));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Several runs in one test each have their name before what is theirs. */
    private static String prefix(AllureTestCase test, LoadResult result) {
        return test.hasParameter("scenario") ? Text.line(result.scenario().name(), MAX_CELL) + ": " : "";
    }

    private static void describe(AllureTestCase test, LoadResult result, Verdict verdict) {
        String plan = Text.cut(result.scenario().describe(), MAX_SENTENCE);
        StringBuilder markdown = new StringBuilder("**" + Headline.of(verdict) + "**\n\n");
        StringBuilder html = new StringBuilder(
                "<p><b>" + Text.escape(Headline.of(verdict)) + "</b></p>\n<p>" + Text.escape(plan) + "</p>\n");
        markdown.append(Text.escape(plan)).append('\n');
        if (!verdict.rows().isEmpty()) {
            html.append("<table><tr><th>Verdict</th><th>Metric</th><th>Measured</th><th>Target</th>"
                    + "<th>Acceptable</th></tr>");
            for (Verdict.Row row :
                    verdict.rows().subList(0, Math.min(MAX_ROWS, verdict.rows().size()))) {
                html.append("<tr><td>")
                        .append(HtmlSummary.mark(row.band()))
                        .append(' ')
                        .append(row.band().label());
                for (String cell : new String[] {row.metric(), row.actual(), row.target(), row.acceptable()}) {
                    html.append("</td><td>").append(Text.escape(Text.line(cell, MAX_CELL)));
                }
                html.append("</td></tr>");
            }
            html.append("</table>\n");
        }
        verdict.reasons().stream()
                .limit(10)
                .forEach(reason -> html.append("<p>")
                        .append(Text.escape(Text.cut(reason, MAX_SENTENCE)))
                        .append("</p>\n"));
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
        result.facts().entrySet().stream()
                .limit(MAX_FACTS)
                .forEach(fact -> measured.put(Text.line(fact.getKey(), MAX_CELL), fact.getValue()));
        measured.put("seed", Long.toString(result.scenario().seed()));
        measured.put("verdict", verdict.outcome() + ", worst row " + label(verdict));
        measured.put("succeeded", Headline.count(result.succeeded()));
        measured.put("failed", Headline.count(result.failed()));
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
}
