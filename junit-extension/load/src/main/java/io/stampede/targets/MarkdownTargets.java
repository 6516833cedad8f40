package io.stampede.targets;

import io.stampede.internal.format.Shortened;
import io.stampede.metric.Bound;
import io.stampede.metric.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Reads a targets table from Markdown: the first table with the columns Metric, Target and Acceptable, in any order.
 * A column Critical may stand beside them, and must then say the opposite of Acceptable; other columns are left alone.
 * Pure; may be used by all threads.
 */
final class MarkdownTargets {

    /** The longest text that is read, in characters. */
    public static final int MAX_LENGTH = 1_000_000;

    private static final List<String> REQUIRED = List.of("metric", "target", "acceptable");
    private static final String CRITICAL = "critical";
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
     * @throws TargetsException if there is no such table, or a row is not as it must be; the message names the line,
     *     the row and the column, and says what is accepted
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
        for (TableBlock table : tables) {
            Map<String, Integer> columns = columns(table);
            if (columns.keySet().containsAll(REQUIRED)) {
                return new Targets(rows(table, columns), source);
            }
        }
        for (TableBlock table : tables) {
            Map<String, Integer> columns = columns(table);
            if (REQUIRED.stream().anyMatch(columns::containsKey)) {
                List<String> missing = REQUIRED.stream()
                        .filter(name -> !columns.containsKey(name))
                        .map(MarkdownTargets::title)
                        .toList();
                throw new TargetsException(
                        where(table) + ": the table has no column " + String.join(" and no column ", missing)
                                + ". It must have Metric, Target and Acceptable, and may have Critical.");
            }
        }
        throw new TargetsException(source + " has no table with the columns Metric, Target and Acceptable. Write one as"
                + " \"| Metric | Target | Acceptable |\", a line \"|---|---|---|\", and a row for each metric.");
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

    private List<Target> rows(TableBlock table, Map<String, Integer> columns) {
        List<Target> targets = new ArrayList<>();
        for (TableRow row : rows(table, false)) {
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
        if (targets.isEmpty()) {
            throw new TargetsException(where(table) + ": the targets table has no rows. It must have at least one, such"
                    + " as \"| Queue time P95 | < 10ms | < 20ms |\".");
        }
        return targets;
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
