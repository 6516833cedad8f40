package io.stampede.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The same benchmark of two builds, by turns, each run in a JVM of its own with its own class path: what the machine does
 * meanwhile meets both of them.
 */
final class Compare {

    static final String COMMAND = "compare";

    private static final Duration LIMIT = Duration.ofHours(2);
    private static final Pattern VALUE = Pattern.compile("(-?[\\d,.]+)(?: (ns|us|ms|s|kB|MB|%))?");

    private static final Map<String, Double> UNITS =
            Map.of("", 1.0, "ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9, "kB", 1e3, "MB", 1e6, "%", 0.01);

    private Compare() {}

    /**
     * Runs the pairs and prints them.
     *
     * @param benchmarks those that can be compared
     * @param err is told of each pair as soon as it was run
     */
    static void run(Set<String> benchmarks, Arguments arguments, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        String here = System.getProperty("java.class.path");
        String before = build("--old", arguments.text("--old", ""));
        String after = build("--new", arguments.text("--new", here));
        String benchmark = arguments.text("--benchmark", "throughput");
        if (!benchmarks.contains(benchmark)) {
            throw new UsageException(
                    "compare: --benchmark must be one of " + benchmarks + ", but was \"" + benchmark + "\"");
        }
        String options = arguments.text("--options", "");
        int pairs = arguments.whole("--pairs", 5, 1, 100);
        Pattern rows = arguments.pattern("--rows", "");
        Pattern columns = arguments.pattern("--columns", "");
        arguments.end();

        List<String> command = new ArrayList<>(List.of(benchmark));
        command.addAll(Arrays.stream(options.split(" ", -1))
                .filter(option -> !option.isBlank())
                .toList());
        Map<Figure, List<Pair>> measured = new LinkedHashMap<>();
        for (int pair = 1; pair <= pairs; pair++) {
            String number = "pair " + pair + " of " + pairs + ", ";
            boolean oldFirst = pair % 2 == 1; // in turn, so that neither gains from what the other left behind
            Map<Figure, Value> first = figures(ChildJvm.lines(oldFirst ? before : after, command, LIMIT));
            Map<Figure, Value> second = figures(ChildJvm.lines(oldFirst ? after : before, command, LIMIT));
            Map<Figure, Value> old = oldFirst ? first : second;
            Map<Figure, Value> now = oldFirst ? second : first;
            old.forEach((figure, value) -> {
                Value other = now.get(figure);
                if (other != null
                        && rows.matcher(figure.row()).find()
                        && columns.matcher(figure.column()).find()) {
                    Pair both = new Pair(value, other, figure.ratio(value, other));
                    measured.computeIfAbsent(figure, key -> new ArrayList<>()).add(both);
                    err.println(number + figure.row() + ": " + figure.column() + ": " + both.text());
                }
            });
        }
        if (measured.isEmpty()) {
            throw new IllegalStateException("The two builds have no such figure of " + benchmark + " in common");
        }
        print(out, String.join(" ", command), pairs, measured);
    }

    private static String build(String name, String classPath) {
        String rule = "compare: " + name + " must be the class path of a build, ";
        if (classPath.isEmpty()) {
            throw new UsageException(rule + "such as benchmarks/target/benchmarks.jar");
        }
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            if (new File(entry).exists()) {
                return classPath;
            }
        }
        throw new UsageException(rule + "but was " + classPath);
    }

    private static void print(PrintStream out, String command, int pairs, Map<Figure, List<Pair>> measured) {
        List<String> columns = new ArrayList<>(List.of(""));
        for (int pair = 1; pair <= pairs; pair++) {
            columns.add("pair " + pair);
        }
        columns.add("median ratio");
        Map<String, Table> tables = new LinkedHashMap<>();
        measured.forEach((figure, values) -> {
            List<String> row = new ArrayList<>(List.of(figure.row() + ": " + figure.column()));
            Rounds ratios = new Rounds();
            for (Pair pair : values) {
                row.add(pair.text());
                ratios.add(pair.ratio());
            }
            while (row.size() <= pairs) {
                row.add("-"); // one of the two did not measure it that time
            }
            row.add(ratio(ratios.median()));
            tables.computeIfAbsent(
                            figure.table(),
                            heading -> new Table(
                                    heading + ", two builds",
                                    "`" + command
                                            + "`: the old build, the new one, and a ratio that is above 1 where the"
                                            + " new one is better.",
                                    columns.toArray(String[]::new)))
                    .row(row.toArray(String[]::new));
        });
        tables.values().forEach(table -> table.print(out));
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.4f", ratio);
    }

    /** All figures in the tables that a benchmark printed; ratios, ranges and what was not measured are none. */
    static Map<Figure, Value> figures(List<String> lines) {
        Map<Figure, Value> figures = new LinkedHashMap<>();
        String table = "";
        List<String> columns = List.of();
        for (String line : lines) {
            if (line.startsWith("### ")) {
                table = line.substring(4);
                columns = List.of();
            } else if (line.startsWith("| ")) {
                List<String> cells = List.of(line.replaceAll("^\\| | \\|$", "").split(" \\| ", -1));
                if (columns.isEmpty()) {
                    columns = cells;
                } else {
                    for (int i = 1; i < Math.min(cells.size(), columns.size()); i++) {
                        Matcher value = VALUE.matcher(cells.get(i));
                        if (value.matches()) {
                            figures.put(
                                    new Figure(table, cells.get(0), columns.get(i)),
                                    Value.of(cells.get(i), value.group(1), value.group(2)));
                        }
                    }
                }
            }
        }
        return figures;
    }

    /** Which figure it is, by the words over, before and in its table. */
    record Figure(String table, String row, String column) {

        /** Above 1 where the second is better: less of times, memory and processor, more of all else. */
        double ratio(Value before, Value after) {
            return before.cost() || column.startsWith("CPU")
                    ? before.number() / after.number()
                    : after.number() / before.number();
        }
    }

    /**
     * One figure of one run.
     *
     * @param text as it was printed
     * @param cost whether less is better, as far as the unit tells
     */
    record Value(String text, double number, boolean cost) {

        static Value of(String text, String number, @Nullable String unit) {
            String known = unit == null ? "" : unit;
            return new Value(
                    text,
                    Double.parseDouble(number.replace(",", "")) * UNITS.getOrDefault(known, 1.0),
                    !known.isEmpty() && !known.equals("%"));
        }
    }

    private record Pair(Value before, Value after, double ratio) {

        String text() {
            return before.text() + ", " + after.text() + " = " + Compare.ratio(ratio);
        }
    }
}
