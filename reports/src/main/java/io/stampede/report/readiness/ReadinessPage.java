package io.stampede.report.readiness;

import io.stampede.report.readiness.Evidence.Outcome;
import io.stampede.report.text.Html;
import io.stampede.report.text.Resources;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The readiness checklist as one static page: no script, nothing loaded from elsewhere. */
final class ReadinessPage {

    private static final String CSS = Resources.PAGE_CSS + Resources.text(ReadinessPage.class, "readiness.css");

    /** If more than this passed, it is folded up, so that what did not pass is not lost among it. */
    private static final int MOST_SHOWN = 4;

    private final Checklist checklist;
    private final boolean linked;
    private final Html html;

    private ReadinessPage(Checklist checklist, boolean linked, Html html) {
        this.checklist = checklist;
        this.linked = linked;
        this.html = html;
    }

    /** @param linked whether links to other files work where the page will be */
    static String of(Checklist checklist, boolean linked) {
        return Html.page("Ready for production?", CSS, html -> new ReadinessPage(checklist, linked, html).body());
    }

    /** Reads without colour, too. */
    static String symbol(Checklist.Status status) {
        return switch (status) {
            case GREEN -> "✔";
            case RED -> "✖";
            case NOT_RUN -> "○";
        };
    }

    /** What became of a piece of evidence, for people. */
    static String outcome(Checklist.Item item) {
        if (item.stale() != null) {
            return "not run: what is here is " + item.stale();
        }
        return item.evidence().outcome().label();
    }

    /** To the second, such as {@code 2026-05-04 10:20:30 UTC}. */
    static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace("T", " ").replace("Z", " UTC");
    }

    private void body() {
        html.open("header").with("class", style(checklist.status())).line();
        html.open("p").with("class", "outcome");
        html.text(symbol(checklist.status()) + " " + checklist.headline())
                .close("p")
                .line();
        html.element("h1", checklist.counts()).line().close("header").line();
        html.open("ul").with("class", "lines").line();
        checklist.lines().forEach(this::line);
        html.close("ul").line();
        String commit = checklist.commit();
        html.element(
                "footer",
                "Drawn up " + time(checklist.at())
                        + (commit == null ? "" : " of commit " + Checklist.abbreviated(commit))
                        + ". A line is green if all tests that speak for it passed.");
        html.line();
    }

    private void line(Checklist.Line line) {
        html.open("li").with("class", "line " + style(line.status())).line();
        html.open("h2").element("span", line.name());
        html.open("span").with("class", "status");
        html.text(symbol(line.status()) + " " + line.status().label())
                .close("span")
                .close("h2")
                .line();
        html.element("p", line.reason()).line();
        if (!line.findings().isEmpty()) {
            html.open("ul").with("class", "findings").line();
            line.findings().forEach(finding -> html.element("li", finding).line());
            html.close("ul").line();
        }
        List<Checklist.Item> passed = line.evidence().stream()
                .filter(item -> item.stale() == null && item.evidence().outcome() == Outcome.PASSED)
                .toList();
        List<Checklist.Item> others = new ArrayList<>(line.evidence());
        others.removeAll(passed);
        list(others);
        if (passed.size() > MOST_SHOWN) {
            html.open("details")
                    .element("summary", passed.size() + " that passed")
                    .line();
            list(passed);
            html.close("details").line();
        } else {
            list(passed);
        }
        html.close("li").line();
    }

    private void list(List<Checklist.Item> items) {
        if (!items.isEmpty()) {
            html.open("ul").with("class", "evidence").line();
            items.forEach(this::item);
            html.close("ul").line();
        }
    }

    private void item(Checklist.Item item) {
        Evidence evidence = item.evidence();
        html.open("li");
        link(evidence.page(), evidence.name());
        html.text(": " + outcome(item));
        if (linked && evidence.allure() != null) {
            html.text(" (");
            link(evidence.allure(), "in Allure");
            html.text(")");
        }
        html.open("br").close("br").open("small");
        if (!evidence.detail().isEmpty()) {
            html.text(evidence.detail()).open("br").close("br");
        }
        html.text((evidence.test().isEmpty() ? "" : evidence.test() + ", ") + time(evidence.at()));
        html.close("small").close("li").line();
    }

    private void link(@Nullable String to, String name) {
        if (linked && to != null) {
            html.open("a").with("href", to).text(name).close("a");
        } else {
            html.text(name);
        }
    }

    private static String style(Checklist.Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
