package io.stampede.junit;

import io.stampede.internal.format.Signatures;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Finds the annotation that holds for one test: that of its method, else of its class, else of the nearest class around
 * it. Annotations of annotations count, and those that a class inherits.
 */
record AnnotationLookup(Class<?> testClass, Method method) {

    /** Its attributes, whose errors say where it stands; empty if there is none. */
    Optional<Attributes> find(Class<? extends Annotation> annotation) {
        Optional<? extends Annotation> onMethod = AnnotationSupport.findAnnotation(method, annotation);
        if (onMethod.isPresent()) {
            return Optional.of(new Attributes(onMethod.get(), method));
        }
        for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
            Optional<? extends Annotation> onType = AnnotationSupport.findAnnotation(type, annotation);
            if (onType.isPresent()) {
                String place = type.getSimpleName() + ", for " + Signatures.full(method);
                return Optional.of(new Attributes(onType.get(), place));
            }
        }
        return Optional.empty();
    }
}
