package io.stampede.targets;

import io.stampede.metric.Metric;
import io.stampede.metric.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A targets table. Immutable; may be used by all threads.
 *
 * <pre>{@code
 * Targets.of(Target.of("response time p95", "< 10 ms", "< 20 ms"), Target.of("throughput", "100+ ops/s"))
 * Targets.markdown("performance-targets.md")
 * }</pre>
 *
 * @param rows in the order of the table; no metric twice
 * @param source where it came from, for errors and reports, such as {@code performance-targets.md}
 * @since 0.1
 */
public record Targets(List<Target> rows, String source) implements Serializable {

    /** A table without rows, by which nothing is judged. */
    public static final Targets NONE = new Targets(List.of(), "none");

    private static final int MAX_BYTES = 1_000_000;
    private static final String BUILT_IN = "built-in-targets.md";

    /** Copies the rows. */
    public Targets {
        rows = List.copyOf(rows);
    }

    /**
     * {@return a table of these rows}
     *
     * @param rows in the order in which they are shown
     * @throws TargetsException if two rows name the same metric
     */
    public static Targets of(Target... rows) {
        List<Target> table = List.of(rows);
        for (int i = 0; i < table.size(); i++) {
            for (Target earlier : table.subList(0, i)) {
                if (earlier.metric().equals(table.get(i).metric())) {
                    throw new TargetsException("Two rows name the same metric: \"" + earlier.label() + "\" and \""
                            + table.get(i).label() + "\". Leave one out.");
                }
            }
        }
        return new Targets(table, "code");
    }

    /**
     * {@return the table of a Markdown file on the class path, such as {@code performance-targets.md}}
     *
     * @param resource its name from the root of the class path; at most 1,000,000 bytes
     * @throws TargetsException if there is no such file, or it has no such table, or a row is not as it must be; the
     *     message names the file, the line, the row and the column, and says what is accepted
     */
    public static Targets markdown(String resource) {
        String name = resource.startsWith("/") ? resource.substring(1) : resource;
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? Targets.class.getClassLoader() : context;
        try (InputStream in = loader.getResourceAsStream(name)) {
            if (in == null) {
                throw new TargetsException(
                        "\"" + resource + "\" must be the name of a file on the class path, but there"
                                + " is none. Put it into src/test/resources.");
            }
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new TargetsException("\"" + resource + "\" must be at most 1,000,000 bytes long, but is longer.");
            }
            return parse(new String(bytes, StandardCharsets.UTF_8), resource);
        } catch (IOException e) {
            throw new TargetsException("\"" + resource + "\" cannot be read: " + e, e);
        }
    }

    /**
     * {@return the targets of a Markdown text}: the rows of all its tables that have a column Metric, Target or Acceptable.
     * Each of these must have all three, in any order. There may be a column Critical, which must then say the opposite of
     * Acceptable. Other columns, other tables and prose are ignored.
     *
     * @param markdown at most 1,000,000 characters
     * @param source what errors call the text, such as the file's name
     * @throws TargetsException if there is no such table, two rows name the same metric, a row is not as it must be, or a row
     *     belongs to no table; the message names the line, the row and the column, and says what is accepted
     */
    public static Targets parse(String markdown, String source) {
        return MarkdownTargets.parse(markdown, source);
    }

    /** {@return the table that applies if the user gives none, before it is made {@link #forGauges} of a test} */
    public static Targets builtIn() {
        return BuiltIn.TABLE;
    }

    /** Read when it is first asked for, once. */
    private static final class BuiltIn {

        static final Targets TABLE = read();

        private static Targets read() {
            try (InputStream in = Targets.class.getResourceAsStream(BUILT_IN)) {
                if (in == null) {
                    throw new IllegalStateException(BUILT_IN + " is missing beside " + Targets.class.getName());
                }
                Targets read = parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "built-in targets");
                return new Targets(read.rows().stream().map(Target::asBuiltIn).toList(), read.source());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * {@return the row of a metric}
     *
     * @param metric what is judged
     */
    public Optional<Target> row(Metric metric) {
        return rows.stream().filter(row -> row.metric().equals(metric)).findFirst();
    }

    /**
     * {@return the row of a metric that the user has written, which overrides the limits of a scenario}
     *
     * @param metric what is judged
     */
    public Optional<Target> ownRow(Metric metric) {
        return row(metric).filter(row -> !row.builtIn());
    }

    /**
     * {@return the table with these rows instead of those of the same metric; new ones come after the rest}
     *
     * @param replacing in order; a later one of the same metric replaces an earlier one
     */
    public Targets with(List<Target> replacing) {
        Map<Metric, Target> table = new LinkedHashMap<>();
        rows.forEach(row -> table.put(row.metric(), row));
        replacing.forEach(row -> table.put(row.metric(), row));
        return new Targets(List.copyOf(table.values()), source);
    }

    /**
     * The table for a test with these gauges: each row of a gauge gets the gauge's unit. Rows of the built-in table that
     * name a gauge which the test does not have are left out: a project without a queue has no queue size.
     *
     * @param gauges the unit of each gauge, by its name in any letter case
     * @return the table
     * @throws TargetsException if another row names neither a known measure nor a gauge, or a bound does not fit the
     *     gauge's unit; the message says what there is
     */
    public Targets forGauges(Map<String, Unit> gauges) {
        List<Target> table = new ArrayList<>();
        for (Target row : rows) {
            if (!(row.metric() instanceof Metric.GaugeValue written)) {
                table.add(row);
                continue;
            }
            Optional<Metric.GaugeValue> gauge = written.among(gauges);
            if (gauge.isPresent()) {
                table.add(inUnit(row, gauge.orElseThrow()));
            } else if (!row.builtIn()) {
                throw unknown(row, gauges.keySet());
            }
        }
        return new Targets(table, source);
    }

    private TargetsException unknown(Target row, Set<String> gauges) {
        return new TargetsException(String.format(
                Locale.ROOT,
                "%s: metric \"%s\" is unknown.%s Known are %s. Gauges of this test: %s.",
                source,
                row.label(),
                Metric.nearest(row.label(), gauges)
                        .map(name -> " The nearest is \"" + name + "\".")
                        .orElse(""),
                KNOWN,
                gauges.isEmpty() ? "none" : String.join(", ", new TreeSet<>(gauges))));
    }

    private Target inUnit(Target row, Metric.GaugeValue gauge) {
        try {
            return row.of(gauge);
        } catch (TargetsException e) {
            throw new TargetsException(source + ": " + e.getMessage() + ".", e);
        }
    }

    private static final String KNOWN = "queue time, response time, service time or lag with p50, p90, p95, p99, p99.9,"
            + " min, max or mean; throughput; success rate; or a gauge's name, alone or with p50, p95 and the like, min,"
            + " max, mean or last";
}
