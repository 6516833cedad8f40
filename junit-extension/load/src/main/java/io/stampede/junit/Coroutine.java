package io.stampede.junit;

import io.stampede.internal.format.Signatures;
import io.stampede.operation.Iteration;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A suspending function of Kotlin: it takes a continuation as its last argument, which JUnit does not resolve. The operation
 * ends when the function has ended, on whichever thread that is; until then it holds no thread. All of Kotlin is reached by
 * name, so that nobody else needs it.
 */
final class Coroutine {

    private final Class<?> continuation;
    private final Object context;
    private final Object suspended;
    private final MethodHandle throwOnFailure;

    private Coroutine(Class<?> continuation) throws ReflectiveOperationException {
        ClassLoader kotlin = continuation.getClassLoader();
        this.continuation = continuation;
        this.context = context(kotlin);
        this.suspended = suspended(kotlin);
        this.throwOnFailure = MethodHandles.publicLookup()
                .unreflect(Class.forName("kotlin.ResultKt", true, kotlin).getMethod("throwOnFailure", Object.class));
    }

    // A lookup, because the class inherits the method from one that is not public, where reflection gives up.
    private static Object suspended(ClassLoader kotlin) throws ReflectiveOperationException {
        MethodHandle marker = MethodHandles.publicLookup()
                .findStatic(
                        Class.forName("kotlin.coroutines.intrinsics.IntrinsicsKt", true, kotlin),
                        "getCOROUTINE_SUSPENDED",
                        MethodType.methodType(Object.class));
        try {
            return marker.invoke();
        } catch (Throwable e) {
            throw new ReflectiveOperationException(e);
        }
    }

    /** Null if the method is not a suspending function. */
    static @Nullable Coroutine of(Method method) {
        if (!Signatures.suspends(method)) {
            return null;
        }
        try {
            return new Coroutine(method.getParameterTypes()[method.getParameterCount() - 1]);
        } catch (ReflectiveOperationException e) {
            throw new LoadConfigurationException(
                    Signatures.full(method)
                            + ": this version of Kotlin's library does not let a suspend function be"
                            + " called. Write a function that calls runBlocking<Unit> { .. }.",
                    e);
        }
    }

    // Kotlin's default threads if its coroutines are there; otherwise the function goes on wherever it was resumed.
    private static Object context(ClassLoader kotlin) throws ReflectiveOperationException {
        try {
            return Class.forName("kotlinx.coroutines.Dispatchers", true, kotlin)
                    .getMethod("getDefault")
                    .invoke(null);
        } catch (ClassNotFoundException e) {
            return Class.forName("kotlin.coroutines.EmptyCoroutineContext", true, kotlin)
                    .getField("INSTANCE")
                    .get(null);
        }
    }

    /** What one call of the function goes on with. */
    final class Call implements InvocationHandler {

        private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

        /** The last argument of the function. */
        Object continuation() {
            return Proxy.newProxyInstance(continuation.getClassLoader(), new Class<?>[] {continuation}, this);
        }

        /** @param returned by the function */
        void returned(@Nullable Object returned, Iteration iteration) {
            if (returned == suspended) {
                iteration.completesWith(end);
            }
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
            return switch (method.getName()) {
                case "getContext" -> context;
                case "resumeWith" -> ended(arguments == null ? null : arguments[0]);
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> arguments != null && proxy == arguments[0];
                default -> "the end of an operation";
            };
        }

        private @Nullable Object ended(@Nullable Object result) {
            try {
                throwOnFailure.invoke(result);
                end.complete(null);
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
            return null;
        }
    }
}
