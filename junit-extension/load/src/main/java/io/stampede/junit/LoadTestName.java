package io.stampede.junit;

import io.stampede.internal.format.Signatures;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * What a load test is called: its classes from the outermost to its own, each with the arguments of its invocation if it is
 * a template, then its method, with its parameters if the class has other load tests of that name. Such as
 * {@code ShopLoadTest.checkout} or {@code ShopLoadTest[size=5].Carts.fill(Iteration)}. Its seed, its history and its files
 * go by that name, so it is the same in each build.
 */
record LoadTestName(ExtensionContext context, Method method) {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LoadTestName.class);

    private static final Pattern INVOCATION = Pattern.compile(".*\\[class-template-invocation:#(\\d+)]");

    /** {@return the name} */
    String full() {
        List<String> classes = new ArrayList<>();
        for (Class<?> type : nesting()) {
            classes.add(type.getSimpleName() + arguments(type));
        }
        return String.join(".", classes) + "." + method.getName() + parameters(Class::getSimpleName);
    }

    /** {@return the names under which earlier versions kept its runs; none if those told it from no other} */
    List<String> former() {
        boolean alone = overloads().size() == 1
                && nesting().stream().allMatch(type -> arguments(type).isEmpty());
        String former = testClass().getSimpleName() + "." + method.getName();
        return alone && !former.equals(full()) ? List.of(former) : List.of();
    }

    private Class<?> testClass() {
        return context.getRequiredTestClass();
    }

    /** The classes whose instances the test's own has around it, then its own. A static class stands for itself. */
    private List<Class<?>> nesting() {
        List<Class<?>> classes = new ArrayList<>();
        @Nullable Class<?> type = testClass();
        while (type != null) {
            classes.add(0, type);
            type = Modifier.isStatic(type.getModifiers()) ? null : type.getEnclosingClass();
        }
        return classes;
    }

    private List<Method> overloads() {
        return ReflectionSupport.findMethods(
                testClass(),
                other -> other.getName().equals(method.getName())
                        && Shape.READERS.keySet().stream().anyMatch(type -> AnnotationSupport.isAnnotated(other, type)),
                HierarchyTraversalMode.TOP_DOWN);
    }

    /** Empty if no other load test of the class has the method's name. */
    private String parameters(Function<Class<?>, String> naming) {
        List<Method> overloads = overloads();
        if (overloads.size() < 2) {
            return "";
        }
        String own = Signatures.parameters(method, naming);
        boolean alike = overloads.stream()
                        .filter(other -> Signatures.parameters(other, naming).equals(own))
                        .count()
                > 1;
        return alike ? Signatures.parameters(method, Class::getName) : own;
    }

    /** Such as {@code [size=5]}; empty if the class is no template. */
    private String arguments(Class<?> type) {
        for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
            Matcher invocation = INVOCATION.matcher(at.getUniqueId());
            if (invocation.matches() && at.getRequiredTestClass() == type) {
                return "[" + unique(at, Integer.parseInt(invocation.group(1))) + "]";
            }
        }
        return "";
    }

    /** The text of an invocation; one that has the text of an earlier invocation has its index besides. */
    private static String unique(ExtensionContext invocation, int index) {
        String text = ArgumentText.stable(invocation.getDisplayName(), index);
        ExtensionContext template = invocation.getParent().orElse(invocation);
        Map<?, ?> owners = (Map<?, ?>)
                template.getStore(NAMESPACE).getOrComputeIfAbsent("owners", key -> new ConcurrentHashMap<>());
        @SuppressWarnings("unchecked") // nobody else has the namespace
        Map<String, Integer> indices = (Map<String, Integer>) owners;
        @Nullable Integer first = indices.putIfAbsent(text, index);
        return first == null || first == index ? text : text + " #" + index;
    }
}
