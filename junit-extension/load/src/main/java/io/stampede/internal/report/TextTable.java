package io.stampede.internal.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Aligned columns of plain text. */
final class TextTable {

    private final String[] head;
    private final int[] maxWidths;
    private final List<String[]> rows = new ArrayList<>();

    /** @param maxWidths of the columns, in characters; longer cells are cut */
    TextTable(String[] head, int... maxWidths) {
        this.head = head;
        this.maxWidths = maxWidths;
    }

    void add(String... cells) {
        String[] row = new String[head.length];
        for (int i = 0; i < head.length; i++) {
            row[i] = TerminalText.cut(TerminalText.clean(cells[i]), maxWidths[i]);
        }
        rows.add(row);
    }

    List<String> lines() {
        int[] widths = new int[head.length];
        for (int i = 0; i < head.length; i++) {
            widths[i] = head[i].length();
            for (String[] row : rows) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(head, widths));
        lines.add(line(Arrays.stream(widths).mapToObj("-"::repeat).toArray(String[]::new), widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private static String line(String[] cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            if (widths[i] == 0) {
                continue; // a column that only other tables have
            }
            line.append(line.isEmpty() ? "" : "  ").append(cells[i]).append(" ".repeat(widths[i] - cells[i].length()));
        }
        return line.toString().stripTrailing();
    }
}
