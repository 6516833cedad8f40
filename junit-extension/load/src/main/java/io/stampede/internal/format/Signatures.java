package io.stampede.internal.format;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Methods as texts. Pure; may be used by all threads. */
public final class Signatures {

    private Signatures() {}

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
