package io.stampede.benchmarks;

import io.stampede.internal.format.Times;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A Markdown table under a heading, with the machine that it was measured on. */
final class Table {

    private final List<String> lines = new ArrayList<>();

    /** @param columns the first holds names, the others figures */
    Table(String heading, String how, String... columns) {
        lines.add("### " + heading);
        lines.add("");
        lines.add(Surroundings.line());
        lines.add("");
        lines.add(how);
        lines.add("");
        row(columns);
        lines.add("|---" + "|---:".repeat(columns.length - 1) + "|");
    }

    void row(String... cells) {
        lines.add("| " + String.join(" | ", Arrays.asList(cells)) + " |");
    }

    void print(PrintStream out) {
        lines.forEach(out::println);
        out.println();
    }

    /** Three digits and a unit; a dash if nothing was measured. */
    static String time(double nanos) {
        return Double.isNaN(nanos) ? "-" : Times.formatNanos(nanos);
    }

    static String time(double leastNanos, double mostNanos) {
        return time(leastNanos) + " to " + time(mostNanos);
    }

    static String number(double value) {
        return Double.isNaN(value) ? "-" : Times.number(value);
    }

    static String number(double least, double most) {
        return number(least) + " to " + number(most);
    }

    static String ratio(double value) {
        return Double.isNaN(value) ? "-" : Times.number(value) + " x";
    }

    static String percent(double share) {
        return Double.isNaN(share) ? "-" : Times.number(share * 100) + " %";
    }

    static String bytes(double bytes) {
        return Double.isNaN(bytes)
                ? "-"
                : Math.abs(bytes) < 1e6 ? Times.number(bytes / 1e3) + " kB" : Times.number(bytes / 1e6) + " MB";
    }
}
