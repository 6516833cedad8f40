package io.stampede.junit;

import io.stampede.internal.engine.GaugeSource;
import io.stampede.internal.format.Sentence;
import io.stampede.internal.format.Signatures;
import io.stampede.internal.report.Failures;
import io.stampede.internal.report.VerdictTable;
import io.stampede.internal.run.LoadRun;
import io.stampede.internal.settings.LoadSettings;
import io.stampede.internal.settings.Settings;
import io.stampede.metric.Unit;
import io.stampede.operation.Iteration;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Validity;
import io.stampede.scenario.Workload;
import io.stampede.targets.Targets;
import io.stampede.verdict.FinishedRun;
import io.stampede.verdict.Verdict;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Runs a test method as the operation of the scenario that its annotation describes. */
final class LoadExtension
        implements InvocationInterceptor, ParameterResolver, TestExecutionExceptionHandler, AfterTestExecutionCallback {

    /** An operation's iteration and data; and in lifecycle methods after the test, its result. */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.isAnnotated(LoadData.class)) {
            return true;
        }
        Class<?> type = parameter.getParameter().getType();
        return ofOperation(parameter, context)
                ? type == Iteration.class
                : ResultResolver.isOfRun(type)
                        && !parameter.isAnnotated(IfLoadTest.class)
                        && context.getTestMethod().isPresent();
    }

    private static boolean ofOperation(ParameterContext parameter, ExtensionContext context) {
        return context.getTestMethod()
                .filter(parameter.getDeclaringExecutable()::equals)
                .isPresent();
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.isAnnotated(LoadData.class)) {
            return dataPlaceholder(parameter, context);
        }
        if (parameter.getParameter().getType() == Iteration.class) {
            return new Placeholder();
        }
        Class<?> type = parameter.getParameter().getType();
        FinishedRun run = Attempt.of(context).run();
        if (run == null) {
            throw new ParameterResolutionException("There is no " + type.getSimpleName()
                    + ": the load test has not run. Ask for it in an @AfterEach method.");
        }
        return ResultResolver.of(run, type);
    }

    // Rows are read before the run, where what is wrong with them can be said in full.
    private static @Nullable Object dataPlaceholder(ParameterContext parameter, ExtensionContext context) {
        if (!ofOperation(parameter, context)) {
            throw new ParameterResolutionException("@LoadData on a parameter of "
                    + parameter.getDeclaringExecutable().getName()
                    + "(..), but only operations get rows. Put it on a parameter of the load test method.");
        }
        return Array.get(Array.newInstance(parameter.getParameter().getType(), 1), 0);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> called, ExtensionContext context)
            throws Throwable {
        Attempt attempt = Attempt.of(context);
        attempt.begin();
        try {
            FinishedRun finished = run(invocation, called, context);
            attempt.finished(finished);
            conclude(finished);
        } catch (Throwable e) {
            attempt.failed(e);
            throw e;
        }
    }

    private static FinishedRun run(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> called, ExtensionContext context)
            throws Throwable {
        Method method = called.getExecutable();
        Annotation annotation = annotation(method);
        Settings settings = Settings.of(context::getConfigurationParameter);
        Map<String, GaugeSource> gauges = new GaugeReader(context).read();
        Scenario scenario = scenario(annotation, method, context, settings, gauges);
        MethodOperation operation = new MethodOperation(
                method,
                context.getRequiredTestInstance(),
                called.getArguments(),
                new DataReader(context, method).read(scenario));
        invocation.skip();
        return loadRun(scenario, operation, gauges, context, settings).run();
    }

    private static LoadRun loadRun(
            Scenario scenario,
            MethodOperation operation,
            Map<String, GaugeSource> gauges,
            ExtensionContext context,
            Settings settings) {
        try {
            return new LoadRun(
                            scenario,
                            operation,
                            List.copyOf(gauges.values()),
                            LoadTestContext.of(context).facts(),
                            settings,
                            System.out)
                    .declaredBy(
                            context.getRequiredTestClass().getName(),
                            new LoadTestName(context, context.getRequiredTestMethod()).former());
        } catch (IllegalArgumentException e) {
            throw new LoadConfigurationException(scenario.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> called, ExtensionContext context) {
        Method method = called.getExecutable();
        Attempt attempt = Attempt.of(context);
        attempt.begin();
        LoadConfigurationException failure = new LoadConfigurationException(
                Attributes.where(annotation(method).annotationType(), method)
                        + ": the method is also a parameterized, repeated or other templated test, but what a load test"
                        + " repeats is its operation. Remove the other annotation. For a load test with each of several"
                        + " arguments, put @ParameterizedClass (JUnit 5.13 or later) on its class.");
        attempt.failed(failure);
        throw failure;
    }

    /** A load test does not pass if its load has not run, or if somebody swallowed what it ended with. */
    @Override
    public void afterTestExecution(ExtensionContext context) throws Exception {
        if (context.getExecutionException().isPresent()) {
            return; // it does not pass
        }
        Attempt attempt = Attempt.of(context);
        if (!attempt.begun()) {
            throw takenPlace(context).error();
        }
        Throwable failure = attempt.failure();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
    }

    private static TakenPlace takenPlace(ExtensionContext context) {
        return new TakenPlace(
                context, annotation(context.getRequiredTestMethod()).annotationType());
    }

    /**
     * Says of which load test a parameter could not be resolved, and what it could be; and who called the method in place
     * of the load.
     */
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Optional<Placeholder.OutsideException> outside = Placeholder.OutsideException.within(failure);
        if (outside.isPresent() && !Attempt.of(context).begun()) {
            throw takenPlace(context).error(outside.get());
        }
        if (failure instanceof ParameterResolutionException) {
            Method method = context.getRequiredTestMethod();
            throw new LoadConfigurationException(
                    Attributes.where(annotation(method).annotationType(), method) + ": "
                            + Sentence.of(String.valueOf(failure.getMessage()))
                            + " An operation's parameters are Iteration, those with @LoadData, and what the extensions"
                            + " of its class resolve: register the one that resolves this type with @ExtendWith.",
                    failure);
        }
        throw failure;
    }

    private static Annotation annotation(Method method) {
        List<Annotation> found = new ArrayList<>();
        for (Class<? extends Annotation> type : Shape.READERS.keySet()) {
            AnnotationSupport.findAnnotation(method, type).ifPresent(found::add);
        }
        if (found.size() != 1) {
            throw new LoadConfigurationException(Signatures.full(method) + " has "
                    + (found.isEmpty()
                            ? "no load test annotation"
                            : String.join(
                                    " and ",
                                    found.stream()
                                            .map(one ->
                                                    "@" + one.annotationType().getSimpleName())
                                            .toList()))
                    + ", but a load test has exactly one: write a method for each scenario.");
        }
        return found.get(0);
    }

    private static Scenario scenario(
            Annotation annotation,
            Method method,
            ExtensionContext context,
            Settings settings,
            Map<String, GaugeSource> gauges) {
        Attributes attributes = new Attributes(annotation, method);
        Function<Attributes, Shape> reader = Shape.READERS.get(annotation.annotationType());
        if (reader == null) {
            throw new IllegalStateException("No reader for " + annotation.annotationType());
        }
        Shape shape = reader.apply(attributes);
        AnnotationLookup lookup = new AnnotationLookup(context.getRequiredTestClass(), method);
        OptionReader options = new OptionReader(lookup);
        Double maxSlowdown = BaselineReader.read(lookup);
        Phase warmUp = WarmUpReader.read(lookup, shape);
        String name = new LoadTestName(context, method).full();
        try {
            double scale = settings.positiveDecimal(LoadSettings.SCALE, LoadSettings.MAX_SCALE)
                    .orElse(1.0);
            Map<String, Unit> units = new LinkedHashMap<>();
            gauges.values().forEach(gauge -> units.put(gauge.name(), gauge.unit()));
            Targets targets = new TargetsReader(context.getRequiredTestClass(), method).read(units);
            Shape scaled = shape.breakingWhen(attributes, targets, units).scaled(scale);
            return new Scenario(
                    name,
                    scaled.kind(),
                    scaled.phases(),
                    targets,
                    settings.choice(LoadSettings.FAIL_ON, OptionReader.FAIL_ON).orElseGet(options::failOn),
                    settings.duration(LoadSettings.TIMEOUT, Duration.ofNanos(1), Workload.MAX_DURATION)
                            .orElseGet(options::timeout),
                    scale,
                    settings.whole(LoadSettings.SEED).orElse((long) name.hashCode()),
                    warmUp == null ? null : warmUp.scaled(scale),
                    options.abortWhen(units),
                    maxSlowdown);
        } catch (IllegalArgumentException e) {
            throw new LoadConfigurationException(attributes.where() + ": " + e.getMessage(), e);
        }
    }

    private static void conclude(FinishedRun finished) {
        if (finished.passed()) {
            return;
        }
        String why = VerdictTable.renderWorstFirst(finished.result(), finished.verdict());
        boolean invalid = finished.verdict().outcome() == Verdict.Outcome.INVALID;
        if (invalid && finished.result().generator().limits().mode() != Validity.Mode.FAIL) {
            throw Failures.because(new TestAbortedException(why), finished.result());
        }
        throw Failures.because(new AssertionFailedError(invalid ? "INVALID: " + why : why), finished.result());
    }
}
