package io.stampede.internal.jupiter;

import static org.junit.platform.commons.support.HierarchyTraversalMode.TOP_DOWN;

import io.stampede.internal.format.Signatures;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** A load test that JUnit never runs, although its class is a test class, and why. */
record NeverRun(Class<?> testClass, Method method, String why) {

    private static final String INSTEAD =
            " An operation that ends later takes an Iteration it as parameter and calls it.completesWith(..) with its stage"
                    + " or publisher.";

    /** Those of a class, without its nested classes; empty if JUnit does not run the class by itself anyway. */
    static List<NeverRun> of(Class<?> testClass) {
        if (!mayRun(testClass)) {
            return List.of();
        }
        try {
            String wrongClass = wrongClass(testClass);
            return Stream.concat(
                            own(testClass, wrongClass),
                            wrongClass.isEmpty() ? implementedWithout(testClass) : Stream.empty())
                    .filter(found -> !isDisabled(found))
                    .toList();
        } catch (LinkageError e) {
            return List.of(); // JUnit cannot read the class either, and says so
        }
    }

    /** The inner classes that a class runs, or seems to run. */
    static List<Class<?>> nested(Class<?> testClass) {
        try {
            return mayRun(testClass) && wrongClass(testClass).isEmpty()
                    ? ReflectionSupport.findNestedClasses(testClass, type -> !Modifier.isStatic(type.getModifiers()))
                    : List.of();
        } catch (LinkageError e) {
            return List.of();
        }
    }

    private static boolean mayRun(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers())
                && !type.isLocalClass()
                && !type.isAnonymousClass()
                && !type.isSynthetic();
    }

    private static String wrongClass(Class<?> type) {
        if (Modifier.isPrivate(type.getModifiers())) {
            return "its class " + type.getSimpleName() + " is private, so JUnit never runs it. Remove private.";
        }
        boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
        return inner && !AnnotationSupport.isAnnotated(type, Nested.class)
                ? "its class " + type.getSimpleName()
                        + " is an inner class without @Nested, so JUnit never runs it. Add @Nested, or make the class"
                        + " static."
                : "";
    }

    private static Stream<NeverRun> own(Class<?> testClass, String wrongClass) {
        return ReflectionSupport.findMethods(testClass, method -> isLoadTest(method), TOP_DOWN).stream()
                .filter(method -> !Modifier.isAbstract(method.getModifiers()))
                .map(method -> new NeverRun(testClass, method, wrongClass.isEmpty() ? wrong(method) : wrongClass))
                .filter(found -> !found.why().isEmpty());
    }

    private static boolean isLoadTest(Method method) {
        return !method.isBridge() && LoadTests.extension(method).isPresent();
    }

    private static String wrong(Method method) {
        List<String> modifiers = new ArrayList<>();
        if (Modifier.isPrivate(method.getModifiers())) {
            modifiers.add("private");
        }
        if (Modifier.isStatic(method.getModifiers())) {
            modifiers.add("static");
        }
        if (!modifiers.isEmpty()) {
            String both = String.join(" and ", modifiers);
            return "the method is " + both + ", so JUnit never runs it. Remove " + both
                    + (returnsNothing(method) ? "." : ", and return nothing." + INSTEAD);
        }
        if (returnsNothing(method)) {
            return "";
        }
        if (Signatures.suspends(method)) {
            return Suspending.wrong(method);
        }
        return "the method returns " + method.getReturnType().getSimpleName()
                + ", so JUnit never runs it. Make it return nothing." + INSTEAD + inKotlin(method);
    }

    private static boolean returnsNothing(Method method) {
        return method.getReturnType() == void.class;
    }

    private static String inKotlin(Method method) {
        boolean kotlin = Arrays.stream(method.getDeclaringClass().getAnnotations())
                .anyMatch(one -> one.annotationType().getName().equals("kotlin.Metadata"));
        return kotlin
                ? " In Kotlin, an expression body returns its value: write a body in braces, or runBlocking<Unit> { .. }."
                : "";
    }

    /** Annotations of an abstract method do not hold for the methods that implement it. */
    private static Stream<NeverRun> implementedWithout(Class<?> testClass) {
        List<Method> implemented =
                ReflectionSupport.findMethods(testClass, method -> !isAbstract(method) && !method.isBridge(), TOP_DOWN);
        return supertypes(testClass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> isAbstract(method) && isLoadTest(method))
                .flatMap(declared -> implementation(declared, implemented).stream()
                        .filter(method -> !isLoadTest(method))
                        .map(method -> new NeverRun(
                                testClass,
                                method,
                                "the annotation is only on " + Signatures.full(declared)
                                        + ", which is abstract, and methods do not inherit it, so JUnit never runs the"
                                        + " load. Repeat the annotation on the method in "
                                        + method.getDeclaringClass().getSimpleName() + ".")))
                .distinct();
    }

    private static boolean isAbstract(Method method) {
        return Modifier.isAbstract(method.getModifiers());
    }

    private static Stream<Class<?>> supertypes(Class<?> type) {
        Stream<Class<?>> direct = Stream.concat(
                Optional.<Class<?>>ofNullable(type.getSuperclass()).stream(), Arrays.stream(type.getInterfaces()));
        return direct.flatMap(parent -> Stream.concat(Stream.of(parent), supertypes(parent)))
                .distinct();
    }

    // Where types are generic the parameters differ, and the number of them must do.
    private static Optional<Method> implementation(Method declared, List<Method> candidates) {
        List<Method> named = candidates.stream()
                .filter(method -> method.getName().equals(declared.getName()))
                .filter(method -> method.getParameterCount() == declared.getParameterCount())
                .toList();
        return named.stream()
                .filter(method -> Arrays.equals(method.getParameterTypes(), declared.getParameterTypes()))
                .findFirst()
                .or(() -> named.stream().filter(NeverRun::isLoadTest).findFirst())
                .or(() -> named.stream().findFirst());
    }

    private static boolean isDisabled(NeverRun found) {
        if (AnnotationSupport.isAnnotated(found.method(), Disabled.class)) {
            return true;
        }
        for (Class<?> type = found.testClass(); type != null; type = type.getEnclosingClass()) {
            if (AnnotationSupport.isAnnotated(type, Disabled.class)) {
                return true;
            }
        }
        return false;
    }

    /** Tells the overloads of a class apart. */
    String signature() {
        return method.getName() + Signatures.parameters(method, Class::getName);
    }

    /** What, where, why, and what to write. */
    String message() {
        return LoadTests.annotation(method) + " on " + Signatures.full(method) + ": " + why;
    }
}
