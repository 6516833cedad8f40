package io.stampede.report.readiness;

import io.stampede.report.readiness.Checklist.Item;
import io.stampede.report.text.Text;
import java.util.stream.Collectors;

/** The readiness checklist for a comment on a pull request or the summary of a CI job. */
final class ReadinessMarkdown {

    /** GitHub takes a megabyte as a summary and 65,536 characters as a comment; a cell says what is most needed. */
    private static final int CELL = 600;

    private static final int MOST = 60_000;
    private static final int EVIDENCE = 6;
    private static final int FINDINGS = 12;

    private ReadinessMarkdown() {}

    static String of(Checklist checklist) {
        StringBuilder markdown = new StringBuilder();
        markdown.append("## ")
                .append(mark(checklist.status()))
                .append(' ')
                .append(escape(checklist.headline()))
                .append("\n\n")
                .append(escape(checklist.counts()))
                .append(".\n\n| | Line | Why | Evidence |\n|---|---|---|---|\n");
        int left = checklist.lines().size();
        for (Checklist.Line line : checklist.lines()) {
            String row = row(line);
            if (markdown.length() + row.length() > MOST - 200) { // the rest needs less
                break;
            }
            markdown.append(row);
            left--;
        }
        if (left > 0) {
            markdown.append("\nand ").append(left).append(left == 1 ? " more line\n" : " more lines\n");
        }
        markdown.append("\nDrawn up ").append(escape(ReadinessPage.time(checklist.at())));
        String commit = checklist.commit();
        if (commit != null) {
            markdown.append(" of commit ").append(escape(Checklist.abbreviated(commit)));
        }
        return markdown.append(".\n").toString();
    }

    private static String row(Checklist.Line line) {
        return "| " + mark(line.status()) + ' ' + escape(line.status().label()) + " | "
                + escape(Text.line(line.name(), 120)) + " | " + why(line) + " | " + evidence(line) + " |\n";
    }

    private static String why(Checklist.Line line) {
        StringBuilder why = new StringBuilder(escape(Text.line(line.reason(), CELL)));
        line.findings().stream()
                .limit(FINDINGS)
                .forEach(finding -> why.append("<br>").append(escape(Text.line(finding, 200))));
        int more = line.findings().size() - FINDINGS;
        return more > 0 ? why + "<br>and " + more + " more" : why.toString();
    }

    private static String evidence(Checklist.Line line) {
        String named = line.evidence().stream()
                .limit(EVIDENCE)
                .map(ReadinessMarkdown::evidence)
                .collect(Collectors.joining("<br>"));
        int more = line.evidence().size() - EVIDENCE;
        return more > 0 ? named + "<br>and " + more + " more" : named;
    }

    private static String evidence(Item item) {
        return escape(Text.line(item.evidence().name(), 120)) + ": "
                + escape(Text.line(ReadinessPage.outcome(item), 120));
    }

    // A mark, and words beside it: some see no colours, some readers leave pictures out.
    private static String mark(Checklist.Status status) {
        return switch (status) {
            case GREEN -> "✅";
            case RED -> "❌";
            case NOT_RUN -> "⚪";
        };
    }

    /**
     * Text that no Markdown and no HTML comes out of. Character references for what either gives a meaning, and for what
     * GitHub makes links and mentions of.
     */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        Text.visible(text).codePoints().forEach(c -> {
            if (c == '\n' || c == '\t') {
                escaped.append(' ');
            } else if (c < 0x80 && "\\`*_{}[]<>|#@&~$!\"'^=".indexOf(c) >= 0) {
                escaped.append("&#").append(c).append(';');
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString().replace("://", "&#58;//").replace("www.", "www&#46;");
    }
}
