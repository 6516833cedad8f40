package io.stampede.internal.jupiter;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Tells load tests from other methods. Everything is compared by name: a framework may load the classes of tests, and
 * Stampede's with them, through another class loader than the one that JUnit finds services with.
 */
final class LoadTests {

    private static final String EXTENSION = "io.stampede.junit.LoadExtension";

    private LoadTests() {}

    /** The extension that runs the method, loaded as the test class sees it; empty if the method is not a load test. */
    static Optional<Class<?>> extension(Method method) {
        return extensions(method)
                .filter(type -> type.getName().equals(EXTENSION))
                .findFirst();
    }

    /** What {@code @ExtendWith} names, also by way of other annotations. */
    static Stream<Class<?>> extensions(AnnotatedElement element) {
        return AnnotationSupport.findRepeatableAnnotations(element, ExtendWith.class).stream()
                .flatMap(found -> Arrays.stream(found.value()));
    }

    /** The annotation that makes the method a load test, as it is written; the user's own if it stands behind that. */
    static String annotation(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> extensions(type)
                        .anyMatch(extension -> extension.getName().equals(EXTENSION)))
                .map(type -> "@" + type.getSimpleName())
                .findFirst()
                .orElse("A load test annotation");
    }
}
