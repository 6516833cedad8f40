package io.stampede.junit;

import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;

/** By how much one test may be slower than before: what its method says, and else what its class does. */
final class BaselineReader {

    private BaselineReader() {}

    /** As a share; null where nothing is said. */
    static @Nullable Double read(Class<?> testClass, Method method) {
        Optional<Baseline> onMethod = AnnotationSupport.findAnnotation(method, Baseline.class);
        if (onMethod.isPresent()) {
            return share(new Attributes(onMethod.get(), method));
        }
        for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
            Optional<Baseline> onType = AnnotationSupport.findAnnotation(type, Baseline.class);
            if (onType.isPresent()) {
                return share(
                        new Attributes(onType.get(), type.getSimpleName() + ", for " + Attributes.describe(method)));
            }
        }
        return null;
    }

    private static double share(Attributes attributes) {
        String text = attributes.text("maxSlowdown").strip();
        try {
            double percent = text.endsWith("%") ? Double.parseDouble(text.substring(0, text.length() - 1)) : Double.NaN;
            if (percent >= 1 && percent <= 1000) {
                return percent / 100;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw attributes.error(
                "maxSlowdown",
                attributes.quoted("maxSlowdown"),
                "it must be a percentage from 1% to 1000%, such as 10%");
    }
}
