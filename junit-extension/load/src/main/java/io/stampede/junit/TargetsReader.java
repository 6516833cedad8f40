package io.stampede.junit;

import io.stampede.internal.access.Resources;
import io.stampede.internal.format.Signatures;
import io.stampede.metric.Unit;
import io.stampede.targets.Target;
import io.stampede.targets.Targets;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The targets of one test: the table, then the rows that its class and its method replace. */
final class TargetsReader {

    private static final int MAX_BYTES = 1_000_000;

    private final Class<?> testClass;
    private final Method method;

    TargetsReader(Class<?> testClass, Method method) {
        this.testClass = testClass;
        this.method = method;
    }

    /** @param gauges the unit of each gauge that the test has, by name */
    Targets read(Map<String, Unit> gauges) {
        Targets table = known("Targets of " + Signatures.full(method) + ": ", table(), gauges);
        for (Class<?> type : outermostFirst()) {
            table = table.with(rows(type, type.getSimpleName(), gauges));
        }
        return table.with(rows(method, Signatures.full(method), gauges));
    }

    private static List<Target> rows(AnnotatedElement element, String place, Map<String, Unit> gauges) {
        Targets rows = new Targets(OwnRows.of(element, place), "@PerformanceTarget on " + place);
        return known("", rows, gauges).rows();
    }

    private static Targets known(String where, Targets rows, Map<String, Unit> gauges) {
        try {
            return rows.forGauges(gauges);
        } catch (IllegalArgumentException e) {
            throw new LoadConfigurationException(where + e.getMessage(), e);
        }
    }

    private Targets table() {
        return new AnnotationLookup(testClass, method)
                .find(PerformanceTargets.class)
                .map(this::parse)
                .orElseGet(Targets::builtIn);
    }

    private Targets parse(Attributes table) {
        String resource = table.text("value");
        String where = table.where() + ": value = " + table.quoted("value");
        String markdown = load(resource, where);
        try {
            return Targets.parse(markdown, resource);
        } catch (IllegalArgumentException e) {
            throw new LoadConfigurationException(where + ": " + e.getMessage(), e);
        }
    }

    private String load(String resource, String where) {
        if (resource.isBlank()) {
            throw new LoadConfigurationException(where + ", but it must be the name of a resource on the class path.");
        }
        try (InputStream found = Resources.find(testClass, resource)) {
            if (found == null) {
                throw new LoadConfigurationException(where + ", but there is no such resource on the class path; looked"
                        + " beside " + testClass.getName() + " and at the root. Put it into src/test/resources.");
            }
            byte[] bytes = found.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new LoadConfigurationException(where + ", but it must be at most 1,000,000 bytes long.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LoadConfigurationException(where + ", but it cannot be read: " + e, e);
        }
    }

    private List<Class<?>> outermostFirst() {
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
            types.add(0, type);
        }
        return types;
    }
}
