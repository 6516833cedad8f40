package io.stampede.report.summary;

import io.stampede.internal.format.Numbers;
import io.stampede.internal.format.Times;
import io.stampede.internal.report.Failures;
import io.stampede.metric.Band;
import io.stampede.report.text.Headline;
import io.stampede.report.text.Html;
import io.stampede.report.text.RepeatCommand;
import io.stampede.report.text.Resources;
import io.stampede.report.text.Text;
import io.stampede.result.FailureGroup;
import io.stampede.result.LoadResult;
import io.stampede.verdict.Verdict;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One load test on one static page: XHTML with its charts in it, without scripts, loading nothing from elsewhere. */
public final class HtmlSummary {

    private static final String CSS = Resources.PAGE_CSS + Resources.text(HtmlSummary.class, "summary.css");
    private static final int MAX_STACK = 4000;
    private static final int MAX_FAILURES = 20;
    private static final int MAX_REASONS = 10;

    private final LoadResult result;
    private final Verdict verdict;
    private final @Nullable String test;
    private final SummaryWriter page;
    private final Html html;

    private HtmlSummary(LoadResult result, Verdict verdict, @Nullable String test, Html html) {
        this.result = result;
        this.verdict = verdict;
        this.test = test;
        this.html = html;
        this.page = new SummaryWriter(html);
    }

    /** @param test that the load test ran in, as {@code package.Outer$Inner#method}; null if it is not known */
    public static String of(LoadResult result, Verdict verdict, @Nullable String test) {
        return Html.page(
                Text.line(result.scenario().name(), 200),
                CSS,
                html -> new HtmlSummary(result, verdict, test, html).body());
    }

    private void body() {
        headline();
        modes();
        new VerdictSection(result, verdict, page).write();
        repeat();
        if (verdict.comparison() != null) {
            new ComparisonSection(verdict.comparison(), page).write();
        }
        new FiguresSection(result, page).write();
        charts();
        failures();
        new EnvironmentSection(result, verdict, page).write();
    }

    private void headline() {
        boolean close = verdict.passed() && verdict.worst() == Band.ACCEPTABLE;
        html.open("header")
                .with("class", close ? "acceptable" : verdict.outcome().name().toLowerCase(Locale.ROOT));
        html.line();
        page.paragraph("outcome", symbol() + " " + Headline.of(verdict));
        html.element("h1", result.scenario().name()).line();
        page.paragraph("plan", result.scenario().describe());
        page.items(verdict.reasons().stream().limit(MAX_REASONS).toList());
        html.close("header").line();
    }

    private String symbol() {
        return switch (verdict.outcome()) {
            case PASSED -> verdict.worst() == Band.TARGET ? "✔" : "!";
            case FAILED -> "✖";
            case INVALID -> "⊘";
        };
    }

    /** What the reader must know before comparing any figure. */
    private void modes() {
        html.open("p").with("class", "modes");
        result.facts().entrySet().stream()
                .limit(SummaryWriter.MAX_LIST)
                .forEach(fact -> chip(fact.getKey(), fact.getValue()));
        if (result.scenario().scale() != 1) {
            html.open("span").with("class", "chip scaled");
            html.text(Headline.scale(result.scenario().scale())).close("span").line();
        }
        chip("seed", Long.toString(result.scenario().seed()));
        chip("started", result.startedAt().toString());
        html.close("p").line();
        result.generator().faults().stream()
                .filter(fault -> verdict.outcome() == Verdict.Outcome.INVALID) // otherwise a note
                .limit(SummaryWriter.MAX_LIST)
                .forEach(fault -> page.paragraph("warning", "Load generator at fault: " + fault));
        String aborted = result.abortedBy();
        if (aborted != null) {
            page.paragraph("warning", "Ended early by its own rule: " + aborted);
        }
        String early = result.endedEarly();
        if (early != null) {
            page.paragraph("warning", "Ended early: " + early);
        }
    }

    private void chip(String key, String value) {
        html.open("span").with("class", "chip").element("b", Text.line(key, 100));
        html.text(" " + Text.line(value, 400)).close("span").line();
    }

    private void repeat() {
        page.paragraph("Run it again, with the same seed and size:");
        html.open("pre").with("class", "command").text(RepeatCommand.of(result, test));
        html.close("pre").line();
        html.open("p").text("With Gradle or in an IDE, give the test's JVM the same ");
        html.element("code", "-Dstampede").text(" properties.").close("p").line();
    }

    private void charts() {
        List<Charts.Chart> charts = Charts.of(result);
        page.heading("Charts");
        if (charts.isEmpty()) {
            page.paragraph("Nothing was measured, so there is nothing to draw.");
        }
        charts.forEach(chart -> page.chart(Text.line(chart.title(), 200), chart.note(), chart.svg()));
        if (!charts.isEmpty() && result.series().size() < 2) {
            page.paragraph("The load was over within one interval, so no chart over time can be drawn.");
        }
    }

    private void failures() {
        if (result.failures().isEmpty()) {
            return;
        }
        page.heading("Failures by cause");
        result.failures().stream().limit(MAX_FAILURES).forEach(this::failure);
        Failures.unshown(result, MAX_FAILURES).ifPresent(more -> page.paragraph("In the JSON: " + more + "."));
    }

    private void failure(FailureGroup group) {
        html.open("details").with("open", "open").with("data-failures", Long.toString(group.count()));
        html.open("summary").element("b", Numbers.count(group.count()) + " ×").text(" ");
        html.element("code", Text.line(group.type(), 300)).text(" " + Text.line(group.shape(), 400));
        html.close("summary").line();
        group.samples().stream().limit(1).forEach(first -> {
            html.element("p", "First: operation " + first.operation() + ", after " + Times.format(first.at()) + ".");
            html.element("pre", cut(first.stackTrace().isEmpty() ? first.message() : first.stackTrace()));
        });
        html.close("details").line();
    }

    private static String cut(String stack) {
        return stack.length() <= MAX_STACK ? stack : Text.cut(stack, MAX_STACK) + "\n(cut; the JSON has all of it)";
    }
}
