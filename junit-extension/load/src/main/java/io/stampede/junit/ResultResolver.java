package io.stampede.junit;

import io.stampede.result.LoadResult;
import io.stampede.verdict.FinishedRun;
import io.stampede.verdict.Verdict;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What came of a load test, for lifecycle methods that may follow a plain test. */
final class ResultResolver implements ParameterResolver {

    /** What lifecycle methods after the test can ask for. */
    private static final Set<Class<?>> OF_RUN = Set.of(LoadResult.class, Verdict.class, FinishedRun.class);

    static boolean isOfRun(Type type) {
        return type instanceof Class<?> known && OF_RUN.contains(known);
    }

    /** The one that is asked for. */
    static Object of(FinishedRun run, Type type) {
        return type == LoadResult.class ? run.result() : type == Verdict.class ? run.verdict() : run;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.isAnnotated(IfLoadTest.class);
    }

    @Override
    public Optional<Object> resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Type wanted = optional(parameter.getParameter().getParameterizedType());
        if (wanted == null || !isOfRun(wanted)) {
            throw new ParameterResolutionException("@IfLoadTest on parameter "
                    + parameter.getParameter().getName() + " of "
                    + parameter.getDeclaringExecutable().getName() + "(..): its type is "
                    + parameter.getParameter().getParameterizedType().getTypeName()
                    + ", but a plain test has no load, so write Optional<LoadResult>, Optional<Verdict> or"
                    + " Optional<FinishedRun>.");
        }
        return context.getTestMethod().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(Attempt.of(context).run()).map(run -> of(run, wanted));
    }

    private static @Nullable Type optional(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class
                ? generic.getActualTypeArguments()[0]
                : null;
    }
}
