package io.stampede.report.summary;

import io.stampede.internal.format.Numbers;
import io.stampede.report.text.Html;
import io.stampede.report.text.Text;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/** The parts that sections of the summary are made of: headings, paragraphs, tables, and cells with figures in them. */
final class SummaryWriter {

    /** Rows of a table, or tables: more are in the JSON. */
    static final int MAX_ROWS = 200;

    /** Facts, notes and the like. */
    static final int MAX_LIST = 20;

    private static final int MAX_SENTENCE = 4000;
    private static final int MAX_CELL = 600; // characters: names and messages may be of any length

    private final Html html;

    SummaryWriter(Html html) {
        this.html = html;
    }

    /** Takes what has no method here. */
    Html html() {
        return html;
    }

    void heading(String heading) {
        html.element("h2", heading).line();
    }

    void paragraph(String sentence) {
        html.element("p", Text.cut(sentence, MAX_SENTENCE)).line();
    }

    void paragraph(String style, String sentence) {
        html.open("p").with("class", style).text(Text.cut(sentence, MAX_SENTENCE));
        html.close("p").line();
    }

    void items(List<String> sentences) {
        if (!sentences.isEmpty()) {
            html.open("ul");
            sentences.forEach(sentence -> html.element("li", Text.cut(sentence, MAX_SENTENCE)));
            html.close("ul").line();
        }
    }

    /** Names and values side by side. */
    void pairs(Map<String, String> facts) {
        html.open("dl");
        facts.forEach((name, value) -> {
            html.open("div").element("dt", name).element("dd", Text.cut(value, MAX_CELL));
            html.close("div").line();
        });
        html.close("dl").line();
    }

    /**
     * Begins a table that scrolls within the page.
     *
     * @param frame style of the part that scrolls
     * @param numbers how many columns, from the second on, have numbers in them
     */
    void table(String frame, String style, int numbers, String... columns) {
        html.open("div").with("class", frame).open("table").with("class", style.isEmpty() ? null : style);
        html.open("thead").open("tr");
        for (int i = 0; i < columns.length; i++) {
            html.open("th").with("class", i > 0 && i <= numbers ? "number" : null);
            html.text(columns[i]).close("th");
        }
        html.close("tr").close("thead").line().open("tbody").line();
    }

    void endTable() {
        html.close("tbody").close("table").close("div").line();
    }

    /** Begins a row; its first cell says in words and with a mark what its colour says. */
    void row(String style, String mark, String label) {
        html.open("tr").with("class", style.isEmpty() ? null : style);
        band(mark, label);
    }

    void band(String mark, String label) {
        html.open("td").with("class", "band").text(mark.isEmpty() ? label : mark + " " + label);
        html.close("td");
    }

    void endRow() {
        html.close("tr").line();
    }

    void cell(String value) {
        html.element("td", Text.cut(value, MAX_CELL));
    }

    void cell(String style, String value) {
        html.open("td").with("class", style).text(Text.cut(value, MAX_CELL)).close("td");
    }

    /** With the value itself, as the result's JSON has it, for programs that read the page. */
    void cell(String style, String shown, double value) {
        html.open("td").with("class", style).with("data-value", value);
        html.text(Text.cut(shown, MAX_CELL)).close("td");
    }

    void number(String shown) {
        cell("number", shown);
    }

    /** A figure with its name and value as the result's JSON has them, for programs that read the page. */
    void number(String name, double value, DoubleFunction<String> shown) {
        html.open("td").with("class", "number").with("data-metric", name).with("data-value", value);
        html.text(shown.apply(value)).close("td");
    }

    void time(String name, double nanos) {
        number(name, nanos, Numbers::nanos);
    }

    void count(String name, long count) {
        number(name, (double) count, value -> Numbers.count((long) value));
    }

    /** A figure of its own, with its name above it. */
    void figure(String title, String name, double value, String shown) {
        html.open("div").element("dt", title);
        html.open("dd").with("data-metric", name).with("data-value", value);
        html.text(Text.cut(shown, MAX_CELL)).close("dd").close("div").line();
    }

    /** A chart with what it shows and how to read it. */
    void chart(String title, String note, Html.Markup svg) {
        html.open("figure").open("figcaption").element("b", title).text(" " + note);
        html.close("figcaption").line().markup(svg).close("figure").line();
    }
}
