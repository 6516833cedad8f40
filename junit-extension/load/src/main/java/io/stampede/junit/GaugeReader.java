package io.stampede.junit;

import io.stampede.internal.engine.GaugeSource;
import io.stampede.internal.format.Signatures;
import io.stampede.metric.Metric;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** The gauges of one test: those that other extensions registered, then the methods of its class. */
final class GaugeReader {

    private final ExtensionContext context;

    GaugeReader(ExtensionContext context) {
        this.context = context;
    }

    /** By name in lower case, in order. */
    Map<String, GaugeSource> read() {
        Map<String, GaugeSource> gauges = registered();
        Map<String, Method> methods = new HashMap<>();
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            for (Method method : AnnotationSupport.findAnnotatedMethods(
                    instance.getClass(), Gauge.class, HierarchyTraversalMode.TOP_DOWN)) {
                GaugeSource gauge = gauge(method, instance);
                // A class and one nested in it may inherit the same method: the nested one's is meant.
                if (!method.equals(methods.put(gauge.key(), method))) {
                    gauge.whyNotAmong(gauges.values()).ifPresent(rule -> {
                        throw refused(method, gauge.name(), rule);
                    });
                }
                gauges.put(gauge.key(), gauge);
            }
        }
        return gauges;
    }

    private Map<String, GaugeSource> registered() {
        try {
            return new LinkedHashMap<>(LoadTestContext.of(context).gauges());
        } catch (IllegalArgumentException e) {
            throw new LoadConfigurationException(
                    "Gauges that extensions registered for " + Signatures.full(context.getRequiredTestMethod()) + ": "
                            + e.getMessage() + ".",
                    e);
        }
    }

    private static LoadConfigurationException refused(Method method, String name, String rule) {
        return new LoadConfigurationException(
                "@Gauge on " + Signatures.full(method) + ": value = \"" + name + "\", but it " + rule + ".");
    }

    private GaugeSource gauge(Method method, Object instance) {
        Gauge annotation = method.getAnnotation(Gauge.class);
        String where = "@Gauge on " + Signatures.full(method);
        Metric.whyNoGauge(annotation.value()).ifPresent(rule -> {
            throw refused(method, annotation.value(), rule);
        });
        Class<?> type = method.getReturnType();
        boolean number = Number.class.isAssignableFrom(type)
                || (type.isPrimitive() && type != void.class && type != boolean.class && type != char.class);
        if (!number) {
            throw new LoadConfigurationException(
                    where + ": returns " + type.getSimpleName() + ", but it must return a number.");
        }
        return new GaugeSource(annotation.value(), annotation.unit(), annotation.backlog(), () -> {
            Object value = context.getExecutableInvoker().invoke(method, instance);
            return value instanceof Number measured ? measured.doubleValue() : Double.NaN;
        });
    }
}
