package io.stampede.junit;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Locale;
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
    Map<String, LoadTestContext.GaugeSource> read() {
        Map<String, LoadTestContext.GaugeSource> gauges =
                new LinkedHashMap<>(LoadTestContext.of(context).gauges());
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            for (Method method : AnnotationSupport.findAnnotatedMethods(
                    instance.getClass(), Gauge.class, HierarchyTraversalMode.TOP_DOWN)) {
                LoadTestContext.GaugeSource gauge = gauge(method, instance);
                gauges.put(gauge.name().toLowerCase(Locale.ROOT), gauge);
            }
        }
        return gauges;
    }

    private LoadTestContext.GaugeSource gauge(Method method, Object instance) {
        Gauge annotation = method.getAnnotation(Gauge.class);
        String where = "@Gauge on " + Attributes.describe(method);
        if (annotation.value().isBlank()) {
            throw new LoadConfigurationException(
                    where + ": value = \"" + annotation.value() + "\", but it must be a name.");
        }
        Class<?> type = method.getReturnType();
        boolean number = Number.class.isAssignableFrom(type)
                || (type.isPrimitive() && type != void.class && type != boolean.class && type != char.class);
        if (!number) {
            throw new LoadConfigurationException(
                    where + ": returns " + type.getSimpleName() + ", but it must return a number.");
        }
        return new LoadTestContext.GaugeSource(annotation.value().strip(), annotation.backlog(), () -> {
            Object value = context.getExecutableInvoker().invoke(method, instance);
            return value instanceof Number measured ? measured.doubleValue() : Double.NaN;
        });
    }
}
