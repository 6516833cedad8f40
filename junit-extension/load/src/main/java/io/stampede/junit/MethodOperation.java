package io.stampede.junit;

import io.stampede.internal.access.Members;
import io.stampede.operation.Iteration;
import io.stampede.operation.Operation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test method as an operation: called with the arguments that JUnit resolved once, and its own iteration and data each
 * time.
 */
final class MethodOperation implements Operation {

    private final MethodHandle handle;
    private final Object[] arguments;
    private final int[] iterations;
    private final DataReader.Column[] data;
    private final @Nullable Coroutine coroutine;

    MethodOperation(Method method, Object instance, List<Object> resolved, List<DataReader.Column> data)
            throws IllegalAccessException {
        Members.open(method);
        MethodHandle direct = MethodHandles.lookup().unreflect(method);
        MethodHandle bound = Modifier.isStatic(method.getModifiers()) ? direct : direct.bindTo(instance);
        this.handle = bound.asSpreader(Object[].class, method.getParameterCount());
        this.arguments = Arrays.copyOf(resolved.toArray(), method.getParameterCount());
        this.coroutine = Coroutine.of(method);
        this.iterations = java.util.stream.IntStream.range(0, method.getParameterCount())
                .filter(i -> method.getParameterTypes()[i] == Iteration.class)
                .toArray();
        this.data = data.toArray(DataReader.Column[]::new);
    }

    @Override
    public void run(Iteration iteration) throws Throwable {
        Object[] own = arguments;
        if (iterations.length + data.length > 0) {
            own = arguments.clone();
            for (int i : iterations) {
                own[i] = iteration;
            }
            for (DataReader.Column column : data) {
                own[column.parameter()] = column.rows().next(iteration);
            }
        }
        if (coroutine == null) {
            handle.invoke(own);
        } else {
            suspend(own, coroutine.new Call(), iteration);
        }
    }

    private void suspend(Object[] own, Coroutine.Call call, Iteration iteration) throws Throwable {
        Object[] all = own.clone();
        all[all.length - 1] = call.continuation();
        call.returned(handle.invoke(all), iteration);
    }
}
