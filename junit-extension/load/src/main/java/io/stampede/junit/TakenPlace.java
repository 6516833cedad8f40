package io.stampede.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** A test method that another extension called, or passed over, in place of the load: who did it, and what to do. */
final class TakenPlace {

    private static final String DETECTION = "junit.jupiter.extensions.autodetection.enabled";

    private static final Set<String> BETWEEN = Set.of(
            "java.lang.reflect.", "java.lang.invoke.", "jdk.internal.", "sun.reflect.", "org.junit.platform.commons.");

    private final ExtensionContext context;
    private final Class<? extends Annotation> annotation;

    TakenPlace(ExtensionContext context, Class<? extends Annotation> annotation) {
        this.context = context;
        this.annotation = annotation;
    }

    /** If it is known only that the load did not run. */
    LoadConfigurationException error() {
        return error(suspects(), null);
    }

    /** If the method was called and asked for what only an operation has. */
    LoadConfigurationException error(Throwable thrown) {
        return error(caller(thrown).map(Set::of).orElseGet(this::suspects), thrown);
    }

    private LoadConfigurationException error(Set<String> suspects, @Nullable Throwable thrown) {
        String message = Attributes.where(annotation, context.getRequiredTestMethod())
                + ": the load did not run, because another extension called the method itself, or skipped it. "
                + (suspects.isEmpty()
                        ? "No extension of the class intercepts test methods, so it is one that is registered globally or"
                                + " in code. "
                        : "It was " + String.join(" or ", suspects) + ". ")
                + advice(suspects);
        return new LoadConfigurationException(message, thrown);
    }

    private String advice(Set<String> suspects) {
        boolean quarkus = suspects.stream().anyMatch(name -> name.startsWith("io.quarkus."));
        boolean detected = context.getConfigurationParameter(DETECTION)
                .map(Boolean::parseBoolean)
                .orElse(false);
        return quarkus && !detected
                ? "Set the configuration parameter " + DETECTION
                        + " = true, so that the load comes first: Quarkus does so"
                        + " unless there is a junit-platform.properties of your own."
                : "Move the load test to a class without that extension, or let the extension call proceed().";
    }

    /** Who called the test method, from the stack of something that was thrown in it. */
    private Optional<String> caller(Throwable thrown) {
        Method method = context.getRequiredTestMethod();
        boolean within = false;
        for (StackTraceElement frame : thrown.getStackTrace()) {
            boolean operation =
                    frame.getClassName().equals(method.getDeclaringClass().getName())
                            && frame.getMethodName().equals(method.getName());
            if (within && !operation && BETWEEN.stream().noneMatch(frame.getClassName()::startsWith)) {
                return Optional.of(frame.getClassName());
            }
            within |= operation;
        }
        return Optional.empty();
    }

    /** Extensions that intercept test methods, as far as annotations and fields tell. */
    private Set<String> suspects() {
        List<Class<?>> registered = new ArrayList<>();
        for (Class<?> type = context.getRequiredTestClass(); type != null; type = type.getEnclosingClass()) {
            registered.addAll(annotated(type));
            for (Field field : AnnotationSupport.findAnnotatedFields(
                    type, RegisterExtension.class, found -> true, HierarchyTraversalMode.TOP_DOWN)) {
                registered.add(registered(field));
            }
        }
        registered.addAll(annotated(context.getRequiredTestMethod()));
        Set<String> names = new LinkedHashSet<>();
        registered.stream()
                .filter(type -> type != LoadExtension.class)
                .filter(TakenPlace::intercepts)
                .forEach(type -> names.add(type.getName()));
        return names;
    }

    private static List<Class<?>> annotated(AnnotatedElement element) {
        return AnnotationSupport.findRepeatableAnnotations(element, ExtendWith.class).stream()
                .<Class<?>>flatMap(found -> Arrays.stream(found.value()))
                .toList();
    }

    // What a field holds says more than how it is declared.
    private Class<?> registered(Field field) {
        Object owner = context.getRequiredTestInstances()
                .findInstance(field.getDeclaringClass())
                .orElse(null);
        return ReflectionSupport.tryToReadFieldValue(field, owner)
                .toOptional()
                .<Class<?>>map(Object::getClass)
                .orElse(field.getType());
    }

    private static boolean intercepts(Class<?> extension) {
        return InvocationInterceptor.class.isAssignableFrom(extension)
                && ReflectionSupport.findMethod(
                                extension,
                                "interceptTestMethod",
                                InvocationInterceptor.Invocation.class,
                                ReflectiveInvocationContext.class,
                                ExtensionContext.class)
                        .filter(method -> method.getDeclaringClass() != InvocationInterceptor.class)
                        .isPresent();
    }
}
