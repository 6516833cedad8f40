package io.stampede.junit;

import io.stampede.internal.engine.GaugeSource;
import io.stampede.metric.Unit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What another extension tells the load tests of a class: gauges to sample, and facts for the reports. Told in {@code
 * beforeAll} it holds for every test of the class, told in {@code beforeEach} for that test. May be used by all threads.
 *
 * @since 0.1
 */
public final class LoadTestContext {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(LoadTestContext.class);

    private final ExtensionContext context;

    private LoadTestContext(ExtensionContext context) {
        this.context = context;
    }

    /**
     * The view of a class or of a test.
     *
     * @param context of the class or of the test
     * @return what its load tests are told
     */
    public static LoadTestContext of(ExtensionContext context) {
        return new LoadTestContext(context);
    }

    /**
     * Registers a gauge, read by one thread at a time every {@code stampede.gauge.every} while the load runs.
     *
     * @param name what targets and reports call it; not the name of a measure, such as {@code throughput}
     * @param value reads it
     * @return this
     * @throws IllegalArgumentException if a gauge cannot have that name, or another one that was told here has it
     */
    public LoadTestContext gauge(String name, DoubleSupplier value) {
        return gauge(name, Unit.COUNT, value);
    }

    /**
     * Registers a gauge in a unit, as {@link #gauge(String, DoubleSupplier)}.
     *
     * @param name what targets and reports call it; not the name of a measure, such as {@code throughput}
     * @param unit what its values are in, such as {@link Unit#SHARE} for 0 to 1
     * @param value read by one thread at a time; NaN for "nothing yet"
     * @return this
     * @throws IllegalArgumentException if a gauge cannot have that name, or another one that was told here has it
     */
    public LoadTestContext gauge(String name, Unit unit, DoubleSupplier value) {
        return add(new GaugeSource(name, unit, false, value));
    }

    /**
     * Registers a gauge of work that waits: a stress test waits between its steps until it is back at zero.
     *
     * @param name in targets and reports
     * @param value reads it
     * @return this
     * @throws IllegalArgumentException if a gauge cannot have that name, or another one that was told here has it
     */
    public LoadTestContext backlog(String name, DoubleSupplier value) {
        return add(new GaugeSource(name, Unit.COUNT, true, value));
    }

    /**
     * A fact for every report, such as the environment the target runs in. One of the same key is replaced.
     *
     * @param key what it is, such as {@code environment}
     * @param value what reports print for it
     * @return this
     */
    public LoadTestContext fact(String key, String value) {
        own().facts.put(key, value);
        return this;
    }

    private LoadTestContext add(GaugeSource gauge) {
        Map<String, GaugeSource> gauges = own().gauges;
        synchronized (gauges) {
            gauge.addTo(gauges);
        }
        return this;
    }

    /**
     * Of the class and the test, the test's own last.
     *
     * @throws IllegalArgumentException if two have one name
     */
    Map<String, GaugeSource> gauges() {
        Map<String, GaugeSource> all = new LinkedHashMap<>();
        collect(context, entries -> entries.gauges.values().forEach(gauge -> gauge.addTo(all)));
        return all;
    }

    Map<String, String> facts() {
        Map<String, String> all = new LinkedHashMap<>();
        collect(context, entries -> all.putAll(entries.facts));
        return all;
    }

    private static void collect(ExtensionContext context, java.util.function.Consumer<Entries> consumer) {
        context.getParent().ifPresent(parent -> collect(parent, consumer));
        Entries entries = context.getStore(NAMESPACE).get(key(context), Entries.class);
        if (entries != null) {
            consumer.accept(entries);
        }
    }

    private Entries own() {
        return context.getStore(NAMESPACE).getOrComputeIfAbsent(key(context), key -> new Entries(), Entries.class);
    }

    // A store also answers with what its parents hold; the unique id tells the levels apart.
    private static String key(ExtensionContext context) {
        return context.getUniqueId();
    }

    private static final class Entries {
        private final Map<String, GaugeSource> gauges = java.util.Collections.synchronizedMap(new LinkedHashMap<>());
        private final Map<String, String> facts = java.util.Collections.synchronizedMap(new LinkedHashMap<>());
    }
}
