package io.stampede.internal.format;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Methods as texts, and what their parameters tell. Pure; may be used by all threads. */
public final class Signatures {

    private static final String CONTINUATION = "kotlin.coroutines.Continuation";

    private Signatures() {}

    /** Whether it is what Kotlin makes of a suspending function: the last parameter is a continuation. */
    public static boolean suspends(Method method) {
        Class<?>[] types = method.getParameterTypes();
        return types.length > 0 && types[types.length - 1].getName().equals(CONTINUATION);
    }

    /** {@code ShopLoadTest.checkout(Iteration)}. */
    public static String full(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + of(method);
    }

    /** {@code checkout(Iteration)}, as Jupiter names a test. */
    public static String of(Method method) {
        return method.getName() + parameters(method, Class::getSimpleName);
    }

    /** {@code (Iteration, String)}. */
    public static String parameters(Method method, Function<Class<?>, String> naming) {
        return Arrays.stream(method.getParameterTypes()).map(naming).collect(Collectors.joining(", ", "(", ")"));
    }
}
