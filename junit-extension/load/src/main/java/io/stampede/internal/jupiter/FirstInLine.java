package io.stampede.internal.jupiter;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Runs a load test before an extension that would call its method once and pass over the rest of the chain. JUnit asks the
 * extensions of a class before those of its methods, and those that it detects by itself before both: this is one of them,
 * if {@code junit.jupiter.extensions.autodetection.enabled} is set. All other extensions keep their turn.
 */
public final class FirstInLine implements InvocationInterceptor {

    // Quarkus sets the parameter. The test instance that JUnit has is the one that Quarkus calls.
    private static final Set<String> CALL_METHODS_THEMSELVES = Set.of("io.quarkus.test.junit.QuarkusTestExtension");

    /** For JUnit. */
    public FirstInLine() {}

    /** Runs the load, if otherwise it would not run. */
    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> called, ExtensionContext context)
            throws Throwable {
        Optional<InvocationInterceptor> load = passedOver(called.getExecutable(), context);
        if (load.isPresent()) {
            load.get().interceptTestMethod(invocation, called, context);
        } else {
            invocation.proceed();
        }
    }

    /** Says what is wrong with a load test that is also a template. */
    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> called, ExtensionContext context)
            throws Throwable {
        Optional<InvocationInterceptor> load = passedOver(called.getExecutable(), context);
        if (load.isPresent()) {
            load.get().interceptTestTemplateMethod(invocation, called, context);
        } else {
            invocation.proceed();
        }
    }

    private static Optional<InvocationInterceptor> passedOver(Method method, ExtensionContext context) {
        return LoadTests.extension(method)
                .filter(extension -> isPassedOver(context.getRequiredTestClass()))
                .map(extension -> (InvocationInterceptor) ReflectionSupport.newInstance(extension));
    }

    private static boolean isPassedOver(Class<?> testClass) {
        for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
            if (LoadTests.extensions(type)
                    .anyMatch(extension -> CALL_METHODS_THEMSELVES.contains(extension.getName()))) {
                return true;
            }
        }
        return false;
    }
}
