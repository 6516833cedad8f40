package io.stampede.internal.jupiter;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Suspending functions of Kotlin, which compile to methods with a continuation as their last parameter. */
final class Suspending {

    private Suspending() {}

    /** Why JUnit does not run it; empty if it does. */
    static String wrong(Method method) {
        if (!runsThem()) {
            return "the method is a suspend function, which JUnit runs since 6.0 only. Take JUnit 6, or write a function"
                    + " that returns nothing and calls runBlocking<Unit> { .. }, or that takes an Iteration it and calls"
                    + " it.completesWith(..).";
        }
        return returnsUnit(method)
                ? ""
                : "the suspend function returns a value, so JUnit never runs it. Write a body in braces, or : Unit.";
    }

    /** {@code Continuation<? super Unit>}. */
    private static boolean returnsUnit(Method method) {
        Type[] parameters = method.getGenericParameterTypes();
        return parameters[parameters.length - 1] instanceof ParameterizedType continuation
                && continuation.getActualTypeArguments()[0] instanceof WildcardType result
                && Arrays.stream(result.getLowerBounds())
                        .allMatch(type -> type.getTypeName().equals("kotlin.Unit"));
    }

    // New in 6.0, as is the running of suspending functions.
    private static boolean runsThem() {
        return Arrays.stream(ExtensionContext.Store.class.getMethods())
                .anyMatch(method -> method.getName().equals("computeIfAbsent"));
    }
}
