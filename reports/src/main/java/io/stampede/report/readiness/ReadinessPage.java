package io.stampede.report.readiness;

import io.stampede.report.readiness.Evidence.Outcome;
import io.stampede.report.text.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The readiness checklist as one static page: no script, nothing loaded from elsewhere. */
final class ReadinessPage {

    private static final String CSS = """

            :root { color-scheme: light dark; --text: #1a1a1a; --soft: #555; --page: #fff; --line: #ddd;
              --green: #14602b; --green-back: #e6f4ea; --red: #9a001c; --red-back: #fdeaea;
              --open: #4b2e83; --open-back: #eee8f5; --link: #0b57d0; }
            @media (prefers-color-scheme: dark) {
              :root { --text: #e6e6e6; --soft: #aaa; --page: #16181c; --line: #383c44;
                --green: #7fd69a; --green-back: #16301f; --red: #ff9aa8; --red-back: #3a161c;
                --open: #c5aef5; --open-back: #271f3a; --link: #8ab4f8; }
            }
            body { font: 15px/1.45 system-ui, sans-serif; color: var(--text); background: var(--page); margin: 0 auto;
              max-width: 940px; padding: 16px; }
            a { color: var(--link); }
            header { border-left: 10px solid; padding: 10px 18px; border-radius: 4px; }
            .outcome { font-size: 24px; font-weight: 700; margin: 0; }
            h1 { font-size: 18px; margin: 4px 0 0; font-weight: 600; color: var(--text); }
            .plan { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
            .green { color: var(--green); } .red { color: var(--red); } .not-run { color: var(--open); }
            header.green { background: var(--green-back); } header.red { background: var(--red-back); }
            header.not-run { background: var(--open-back); }
            ul.lines { list-style: none; margin: 18px 0; padding: 0; }
            li.line { border-bottom: 1px solid var(--line); padding: 12px 0 12px 12px; border-left: 6px solid; }
            h2 { display: flex; flex-wrap: wrap; gap: 4px 12px; justify-content: space-between; font-size: 17px;
              margin: 0; color: var(--text); overflow-wrap: anywhere; }
            .status { font-size: 14px; padding: 1px 10px; border-radius: 12px; white-space: nowrap; }
            .green .status { color: var(--green); background: var(--green-back); }
            .red .status { color: var(--red); background: var(--red-back); }
            .not-run .status { color: var(--open); background: var(--open-back); }
            li p { margin: 2px 0; color: var(--text); overflow-wrap: anywhere; }
            ul.evidence, ul.findings { margin: 6px 0 0; padding-left: 20px; color: var(--text); }
            ul.evidence li, ul.findings li { margin: 3px 0; overflow-wrap: anywhere; }
            summary { cursor: pointer; color: var(--text); margin: 6px 0 0; }
            small { color: var(--soft); font-size: 13px; }
            footer { color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
            """;

    /** What passed is folded up where there is more of it: what did not must not get lost between. */
    private static final int MOST_SHOWN = 4;

    private final Checklist checklist;
    private final boolean linked;
    private final StringBuilder html = new StringBuilder(16 * 1024);

    private ReadinessPage(Checklist checklist, boolean linked) {
        this.checklist = checklist;
        this.linked = linked;
    }

    /** @param linked whether links to other files hold where the page will be */
    static String of(Checklist checklist, boolean linked) {
        return new ReadinessPage(checklist, linked).page();
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

    private String page() {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                + " style-src 'unsafe-inline'\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>Ready for production?</title>\n<style>");
        html.append(CSS).append("</style>\n</head>\n<body>\n<header class=\"");
        html.append(style(checklist.status())).append("\">\n<p class=\"outcome\">");
        html.append(symbol(checklist.status())).append(' ');
        text(checklist.headline());
        html.append("</p>\n<h1>");
        text(checklist.counts());
        html.append("</h1>\n</header>\n<ul class=\"lines\">\n");
        checklist.lines().forEach(this::line);
        html.append("</ul>\n<footer>Drawn up ");
        text(time(checklist.at()));
        String commit = checklist.commit();
        if (commit != null) {
            text(" of commit " + Checklist.abbreviated(commit));
        }
        html.append(". A line is green where all that speaks for it passed.</footer>\n</body>\n</html>\n");
        return html.toString();
    }

    private void line(Checklist.Line line) {
        html.append("<li class=\"line ").append(style(line.status())).append("\">\n<h2><span>");
        text(line.name());
        html.append("</span><span class=\"status\">")
                .append(symbol(line.status()))
                .append(' ');
        text(line.status().label());
        html.append("</span></h2>\n<p>");
        text(line.reason());
        html.append("</p>\n");
        if (!line.findings().isEmpty()) {
            html.append("<ul class=\"findings\">\n");
            for (String finding : line.findings()) {
                html.append("<li>");
                text(finding);
                html.append("</li>\n");
            }
            html.append("</ul>\n");
        }
        List<Checklist.Item> passed = line.evidence().stream()
                .filter(item -> item.stale() == null && item.evidence().outcome() == Outcome.PASSED)
                .toList();
        List<Checklist.Item> others = new ArrayList<>(line.evidence());
        others.removeAll(passed);
        list(others);
        if (passed.size() > MOST_SHOWN) {
            html.append("<details><summary>").append(passed.size()).append(" that passed</summary>\n");
            list(passed);
            html.append("</details>\n");
        } else {
            list(passed);
        }
        html.append("</li>\n");
    }

    private void list(List<Checklist.Item> items) {
        if (!items.isEmpty()) {
            html.append("<ul class=\"evidence\">\n");
            items.forEach(this::item);
            html.append("</ul>\n");
        }
    }

    private void item(Checklist.Item item) {
        Evidence evidence = item.evidence();
        html.append("<li>");
        link(evidence.page(), evidence.name());
        text(": " + outcome(item));
        if (linked && evidence.allure() != null) {
            html.append(" (");
            link(evidence.allure(), "in Allure");
            html.append(')');
        }
        html.append("<br><small>");
        if (!evidence.detail().isEmpty()) {
            text(evidence.detail());
            html.append("<br>");
        }
        if (!evidence.test().isEmpty()) {
            text(evidence.test() + ", ");
        }
        text(time(evidence.at()));
        html.append("</small></li>\n");
    }

    private void link(@Nullable String to, String name) {
        if (linked && to != null) {
            html.append("<a href=\"").append(Text.escape(to)).append("\">");
            text(name);
            html.append("</a>");
        } else {
            text(name);
        }
    }

    private static String style(Checklist.Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All text from outside goes through here. */
    private void text(String text) {
        html.append(Text.escape(text));
    }
}
