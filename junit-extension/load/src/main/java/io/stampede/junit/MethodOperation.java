package io.stampede.junit;

import io.stampede.internal.access.Members;
import io.stampede.operation.Iteration;
import io.stampede.operation.Operation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;

/**
 * A test method as an operation: called with the arguments that JUnit resolved once, and its own iteration and data each
 * time.
 */
final class MethodOperation implements Operation {

    private final MethodHandle handle;
    private final Object[] arguments;
    private final int[] iterations;
    private final DataReader.Column[] data;

    MethodOperation(Method method, Object instance, List<Object> resolved, List<DataReader.Column> data)
            throws IllegalAccessException {
        Members.open(method);
        MethodHandle direct = MethodHandles.lookup().unreflect(method);
        MethodHandle bound = Modifier.isStatic(method.getModifiers()) ? direct : direct.bindTo(instance);
        this.handle = bound.asSpreader(Object[].class, method.getParameterCount());
        this.arguments = resolved.toArray();
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
        handle.invoke(own);
    }
}
