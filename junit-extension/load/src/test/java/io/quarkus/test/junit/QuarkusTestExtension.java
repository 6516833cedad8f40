package io.quarkus.test.junit;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Does with test methods what Quarkus' own extension of this name does; {@code examples/stacks/quarkus} has the real one. */
public class QuarkusTestExtension implements InvocationInterceptor {

    @Override
    public void interceptTestMethod(
            Invocation<Void> chain, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        call(chain, method);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> chain, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        call(chain, method);
    }

    private static void call(Invocation<Void> chain, ReflectiveInvocationContext<Method> method)
            throws ReflectiveOperationException {
        method.getExecutable().setAccessible(true);
        method.getExecutable()
                .invoke(method.getTarget().orElseThrow(), method.getArguments().toArray());
        chain.skip();
    }
}
