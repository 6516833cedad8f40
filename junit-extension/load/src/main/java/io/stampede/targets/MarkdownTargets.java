package io.stampede.targets;

import io.stampede.internal.format.Shortened;
import io.stampede.metric.Bound;
import io.stampede.metric.Metric;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Reads the targets of a Markdown text: the rows of all its tables that have a column Metric, Target or Acceptable. Such a
 * table must have all three, in any order. A column Critical may stand beside them, and must then say the opposite of
 * Acceptable; other columns, other tables and prose are left alone. A line that looks like a row and belongs to no table is
 * an error, because Markdown would show it and nobody would judge it. Pure; may be used by all threads.
 */
final class MarkdownTargets {

    /** The longest text that is read, in characters. */
    public static final int MAX_LENGTH = 1_000_000;

    private static final List<String> REQUIRED = List.of("metric", "target", "acceptable");
    private static final String CRITICAL = "critical";
    /** What looks like a row: a bar at the beginning, or cells with bars between them of which one is a bound. */
    private static final Pattern ROW = Pattern.compile("(?:>\\s*)*\\||[^|`]+\\|\\s*\\\\?(?:[<>≤≥]|\\d+\\+)[^|]*\\|");

    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build();

    private final String source;
    private final List<String> lines;

    private MarkdownTargets(String source, List<String> lines) {
        this.source = source;
        this.lines = lines;
    }

    /**
     * @param source what errors call the text, such as the file's name
     * @throws TargetsException if there is no such table, a row is not as it must be, or a row belongs to no table; the
     *     message names the line, the row and the column, and says what is accepted
     */
    public static Targets parse(String markdown, String source) {
        if (markdown.length() > MAX_LENGTH) {
            throw new TargetsException(String.format(
                    Locale.ROOT,
                    "%s must be at most %,d characters long, but was %,d",
                    source,
                    MAX_LENGTH,
                    markdown.length()));
        }
        String text = markdown.startsWith("\uFEFF") ? markdown.substring(1) : markdown;
        return new MarkdownTargets(source, text.lines().toList()).targets(PARSER.parse(text));
    }

    private Targets targets(Node document) {
        List<TableBlock> tables = tables(document);
        refuseStrayRows(document, tables);
        List<Target> targets = new ArrayList<>();
        boolean found = false;
        for (TableBlock table : tables) {
            Map<String, Integer> columns = columns(table);
            if (REQUIRED.stream().anyMatch(columns::containsKey)) {
                found = true;
                refuseMissing(table, columns);
                addRows(table, columns, targets);
            }
        }
        if (!found) {
            throw new TargetsException(
                    source + " has no table with the columns Metric, Target and Acceptable. Write one"
                            + " as \"| Metric | Target | Acceptable |\", a line \"|---|---|---|\", and a row for each metric.");
        }
        return new Targets(targets, source);
    }

    /** A blank line, a comment or a heading ends a table, and what follows is text, however much it looks like a row. */
    private void refuseStrayRows(Node document, List<TableBlock> tables) {
        BitSet read = new BitSet();
        tables.forEach(table -> mark(table, read));
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(FencedCodeBlock block) {
                mark(block, read);
            }

            @Override
            public void visit(IndentedCodeBlock block) {
                mark(block, read);
            }

            @Override
            public void visit(HtmlBlock block) {
                if (block.getLiteral().strip().startsWith("<!--")) {
                    mark(block, read);
                }
            }
        });
        for (int line = 0; line < lines.size(); line++) {
            String text = lines.get(line).strip();
            if (!read.get(line) && ROW.matcher(text).lookingAt()) {
                throw new TargetsException(source + ", line " + (line + 1) + ": this row belongs to no table: "
                        + Shortened.of(text) + ". Put it directly below the row before it, without a blank line, a"
                        + " comment or a heading between them, or give it a table with a header of its own.");
            }
        }
    }

    private static void mark(Node block, BitSet read) {
        block.getSourceSpans().forEach(span -> read.set(span.getLineIndex()));
    }

    private void refuseMissing(TableBlock table, Map<String, Integer> columns) {
        List<String> missing = REQUIRED.stream()
                .filter(name -> !columns.containsKey(name))
                .map(MarkdownTargets::title)
                .toList();
        if (!missing.isEmpty()) {
            throw new TargetsException(where(table) + ": the table has no column "
                    + String.join(" and no column ", missing) + ". Its header: "
                    + Shortened.of(lines.get(line(table)).strip())
                    + ". It must have Metric, Target and Acceptable, and may have Critical.");
        }
    }

    private static List<TableBlock> tables(Node document) {
        List<TableBlock> tables = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(CustomBlock block) {
                if (block instanceof TableBlock table) {
                    tables.add(table);
                } else {
                    visitChildren(block);
                }
            }
        });
        return tables;
    }

    /** Where each named column stands. */
    private Map<String, Integer> columns(TableBlock table) {
        Map<String, Integer> columns = new HashMap<>();
        List<TableRow> head = rows(table, true);
        if (head.isEmpty()) {
            return columns;
        }
        List<String> cells = cells(head.get(0));
        for (int i = 0; i < cells.size(); i++) {
            String name = cells.get(i).toLowerCase(Locale.ROOT);
            if ((REQUIRED.contains(name) || name.equals(CRITICAL)) && columns.put(name, i) != null) {
                throw new TargetsException(where(head.get(0)) + ": column " + title(name) + " is there twice.");
            }
        }
        return columns;
    }

    private void addRows(TableBlock table, Map<String, Integer> columns, List<Target> targets) {
        List<TableRow> rows = rows(table, false);
        if (rows.isEmpty()) {
            throw new TargetsException(where(table) + ": the targets table has no rows. It must have at least one, such"
                    + " as \"| Queue time P95 | < 10ms | < 20ms |\".");
        }
        for (TableRow row : rows) {
            Target target = target(row, columns);
            for (Target earlier : targets) {
                if (earlier.metric().equals(target.metric())) {
                    throw error(
                            row,
                            "metric",
                            "must be there once, but \"" + target.label() + "\" is there" + " twice, as \""
                                    + earlier.label() + "\" before");
                }
            }
            targets.add(target);
        }
    }

    private Target target(TableRow row, Map<String, Integer> columns) {
        List<String> cells = cells(row);
        Metric metric = cell(row, cells, columns, "metric", Metric::parse);
        String label = cell(row, cells, columns, "metric", Target::label);
        Bound target = cell(row, cells, columns, "target", text -> Bound.good(text, metric));
        Target parsed = cell(
                row,
                cells,
                columns,
                "acceptable",
                text -> new Target(metric, label, target, Bound.good(text, metric), false));
        if (columns.containsKey(CRITICAL)) {
            cell(row, cells, columns, CRITICAL, text -> complement(text, parsed));
        }
        return parsed;
    }

    private static Bound complement(String text, Target row) {
        Bound acceptable = row.acceptable();
        Bound critical = Bound.either(text, row.metric());
        if (critical.upper() == acceptable.upper()
                || critical.value() != acceptable.value()
                || critical.unit() != acceptable.unit()) {
            throw new TargetsException("must be the opposite of acceptable (\"" + acceptable.label() + "\"), but was \""
                    + critical.label() + "\"");
        }
        return critical;
    }

    private <T> T cell(
            TableRow row, List<String> cells, Map<String, Integer> columns, String column, Function<String, T> parser) {
        Integer place = columns.get(column);
        String text = place == null || place >= cells.size() ? "" : cells.get(place);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw error(row, column, e.getMessage());
        }
    }

    private TargetsException error(TableRow row, String column, @Nullable String message) {
        return new TargetsException(where(row) + ", column " + title(column) + ": " + message + ". The row: "
                + Shortened.of(lines.get(line(row)).strip()));
    }

    private String where(Node node) {
        return source + ", line " + (line(node) + 1);
    }

    private int line(Node node) {
        int line = node.getSourceSpans().isEmpty()
                ? 0
                : node.getSourceSpans().get(0).getLineIndex();
        return Math.min(line, lines.size() - 1);
    }

    private static String title(String column) {
        return Character.toUpperCase(column.charAt(0)) + column.substring(1);
    }

    private static List<TableRow> rows(TableBlock table, boolean head) {
        List<TableRow> rows = new ArrayList<>();
        for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            if (part instanceof TableHead == head) {
                for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                    if (row instanceof TableRow tableRow) {
                        rows.add(tableRow);
                    }
                }
            }
        }
        return rows;
    }

    private static List<String> cells(TableRow row) {
        List<String> cells = new ArrayList<>();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            if (cell instanceof TableCell) {
                cells.add(text(cell));
            }
        }
        return cells;
    }

    /** What a reader of the cell sees, without emphasis and the like. */
    private static String text(Node cell) {
        StringBuilder text = new StringBuilder();
        cell.accept(new AbstractVisitor() {
            @Override
            public void visit(Text node) {
                text.append(node.getLiteral());
            }

            @Override
            public void visit(Code node) {
                text.append(node.getLiteral());
            }

            @Override
            public void visit(HtmlInline node) {
                text.append(node.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak node) {
                text.append(' ');
            }

            @Override
            public void visit(HardLineBreak node) {
                text.append(' ');
            }
        });
        return text.toString().strip();
    }
}
