package io.stampede.report.allure;

import io.stampede.internal.format.Numbers;
import io.stampede.report.text.Headline;
import io.stampede.report.text.Html;
import io.stampede.report.text.Text;
import io.stampede.result.BreakingPoint;
import io.stampede.result.LoadResult;
import io.stampede.result.Recovery;
import io.stampede.scenario.Phase;
import io.stampede.verdict.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What Allure's page says of a load test: its description, labels, parameters and steps. */
final class TestDescription {

    /** More than description, parameters and steps of one load test ever take, in bytes. */
    static final int MAX_BYTES = 150_000;

    private static final int MAX_ROWS = 40;
    private static final int MAX_FACTS = 20;
    private static final int MAX_CELL = 120;
    private static final int MAX_SENTENCE = 600;
    private static final int MAX_REASONS = 10;

    private final AllureTestCase test;
    private final String prefix;
    private final LoadResult result;
    private final Verdict verdict;

    /** @param prefix what comes before the names of this load test's parameters and attachments; may be empty */
    TestDescription(AllureTestCase test, String prefix, LoadResult result, Verdict verdict) {
        this.test = test;
        this.prefix = prefix;
        this.result = result;
        this.verdict = verdict;
    }

    /** If several load tests run in one test, each has its name before what is its own. */
    static String prefix(AllureTestCase test, LoadResult result) {
        return test.hasParameter("scenario") ? Text.line(result.scenario().name(), MAX_CELL) + ": " : "";
    }

    void write() {
        describe();
        labels();
        steps();
        parameters();
    }

    private void describe() {
        String plan = Text.cut(result.scenario().describe(), MAX_SENTENCE);
        Html html = new Html();
        html.open("p").element("b", Headline.of(verdict)).close("p").line();
        html.element("p", plan).line();
        if (!verdict.rows().isEmpty()) {
            table(html);
        }
        verdict.reasons().stream()
                .limit(MAX_REASONS)
                .forEach(reason ->
                        html.element("p", Text.cut(reason, MAX_SENTENCE)).line());
        // HTML in Markdown would be read as such.
        String markdown = "**" + Headline.of(verdict) + "**\n\n" + Text.escape(plan) + "\n";
        test.describe(markdown, html.toString());
    }

    private void table(Html html) {
        html.open("table").open("tr");
        for (String title : List.of("Verdict", "Metric", "Measured", "Target", "Acceptable")) {
            html.element("th", title);
        }
        html.close("tr");
        verdict.rows().stream().limit(MAX_ROWS).forEach(row -> {
            html.open("tr");
            html.element("td", Headline.mark(row.band()) + " " + row.band().label());
            for (String cell : List.of(row.label(), row.actual(), row.target(), row.acceptable())) {
                html.element("td", Text.line(cell, MAX_CELL));
            }
            html.close("tr");
        });
        html.close("table").line();
    }

    private void labels() {
        String kind = result.scenario().kind().label();
        test.label("tag", "load");
        test.label("tag", kind);
        test.label("epic", "Load tests");
        test.label("feature", kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1));
    }

    private void steps() {
        List<AllureTestCase.Step> steps = AllureSteps.of(result);
        if (prefix.isEmpty()) {
            test.steps(steps);
        } else {
            test.steps(List.of(new AllureTestCase.Step(
                    result.scenario().name(), result.startedAt(), result.elapsed(), Map.of(), null, steps)));
        }
    }

    private void parameters() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("scenario", result.scenario().describe());
        given.put("operations", Headline.planned(result));
        Phase warmUp = result.scenario().warmUp();
        if (warmUp != null) {
            given.put("warm-up", warmUp.workload().describe());
        }
        given.put("scale", Numbers.scale(result.scenario().scale()));
        given.forEach((name, value) -> test.parameter(prefix + name, value, false));

        Map<String, String> measured = new LinkedHashMap<>();
        // Facts may differ between machines and runs, and the history must stay one.
        result.facts().entrySet().stream()
                .limit(MAX_FACTS)
                .forEach(fact -> measured.put(Text.line(fact.getKey(), MAX_CELL), fact.getValue()));
        measured.put("seed", Long.toString(result.scenario().seed()));
        measured.put(
                "verdict",
                verdict.outcome() + ", worst row "
                        + (verdict.rows().isEmpty() ? "none" : verdict.worst().label()));
        measured.put("succeeded", Numbers.count(result.succeeded()));
        measured.put("failed", Numbers.count(result.failed()));
        for (double percentile : new double[] {50, 95, 99, 100}) {
            measured.put(
                    percentile == 100 ? "response time max" : "response time p" + (int) percentile,
                    Numbers.nanos(result.responseTime().percentileNanos(percentile)));
        }
        measured.put("service time p99", Numbers.nanos(result.serviceTime().percentileNanos(99)));
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
}
