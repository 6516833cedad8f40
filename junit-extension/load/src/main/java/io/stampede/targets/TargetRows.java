package io.stampede.targets;

import io.stampede.metric.Bound;
import io.stampede.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Rows of targets tables, one by one. Pure; may be used by all threads.
 *
 * @since 0.1
 */
public final class TargetRows {

    private TargetRows() {}

    /**
     * A row as texts say it, such as {@code of("queue time p95", "< 10 ms", "< 20 ms")}.
     *
     * @throws TargetsException where one of them says nothing that is understood, or {@code acceptable} is stricter than
     *     {@code target}
     */
    public static Target of(String metric, String target, String acceptable) {
        Metric parsed = named("metric", () -> MetricParser.parse(metric));
        Bound wished = named("target", () -> BoundParser.parse(target, parsed));
        Bound enough = named("acceptable", () -> BoundParser.parse(acceptable, parsed));
        return named("acceptable", () -> row(parsed, wished, enough));
    }

    private static <T> T named(String what, java.util.function.Supplier<T> parser) {
        try {
            return parser.get();
        } catch (TargetsException e) {
            throw new TargetsException(what + " " + e.getMessage());
        }
    }

    /** Both bounds point the same way, and the acceptable one is not stricter. */
    static Target row(Metric metric, Bound target, Bound acceptable) {
        boolean stricter = target.upper() ? acceptable.value() < target.value() : acceptable.value() > target.value();
        if (target.upper() != acceptable.upper() || target.unit() != acceptable.unit() || stricter) {
            throw new TargetsException("must not be stricter than the target (\"" + target.label()
                    + "\"), nor of another unit or direction, but was \"" + acceptable.label() + "\"");
        }
        return new Target(metric, target, acceptable);
    }

    /** The table with rows put in the place of those of the same metric; others come after the rest. */
    public static Targets override(Targets targets, List<Target> rows) {
        List<Target> result = new ArrayList<>(targets.rows());
        for (Target row : rows) {
            int place = 0;
            while (place < result.size() && !sameMetric(result.get(place).metric(), row.metric())) {
                place++;
            }
            if (place < result.size()) {
                result.set(place, row);
            } else {
                result.add(row);
            }
        }
        return new Targets(result, targets.source());
    }

    static boolean sameMetric(Metric one, Metric other) {
        return one.measure().equals(other.measure()) && one.statistic().equals(other.statistic());
    }

    /**
     * The table for a test with these gauges. Rows of the built-in table that speak of a gauge which the test does not
     * have are left out: a project without a queue has no queue size.
     *
     * @throws TargetsException where another row speaks of what is neither a known measure nor a gauge; the message
     *     lists both
     */
    public static Targets applicable(Targets targets, Set<String> gauges) {
        List<Target> builtIn = BuiltInTargets.get().rows();
        Targets rows = new Targets(
                targets.rows().stream()
                        .map(row -> resolved(row, gauges))
                        .filter(row -> isKnown(row.metric(), gauges) || !builtIn.contains(row))
                        .toList(),
                targets.source());
        validate(rows, gauges);
        return rows;
    }

    /**
     * Checks that each row speaks of a known measure or of a gauge.
     *
     * @throws TargetsException where one does not
     */
    public static void validate(Targets targets, Set<String> gauges) {
        for (Target row : targets.rows()) {
            if (!isKnown(row.metric(), gauges)) {
                throw new TargetsException(String.format(
                        Locale.ROOT,
                        "%s: metric \"%s\" is unknown. Known are %s. Gauges of this test: %s.",
                        targets.source(),
                        row.metric().label(),
                        MetricParser.KNOWN,
                        gauges.isEmpty() ? "none" : String.join(", ", new TreeSet<>(gauges))));
            }
        }
    }

    private static boolean isKnown(Metric metric, Set<String> gauges) {
        return !MetricParser.isGauge(metric) || lowerCase(gauges).contains(metric.measure());
    }

    /** A gauge may be called "pool max": then that is its name, and not a statistic of "pool". */
    private static Target resolved(Target row, Set<String> gauges) {
        Metric metric = row.metric();
        Optional<String> whole = Optional.of(metric.measure() + " " + metric.statistic())
                .filter(name ->
                        MetricParser.isGauge(metric) && lowerCase(gauges).contains(name));
        return whole.map(name -> new Target(new Metric(name, "", metric.label()), row.target(), row.acceptable()))
                .orElse(row);
    }

    static Set<String> lowerCase(Set<String> gauges) {
        return gauges.stream()
                .map(gauge -> gauge.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
