package io.stampede.report.readiness;

import io.stampede.junit.ArrivalRateTest;
import io.stampede.junit.BasicLoadTest;
import io.stampede.junit.EnduranceTest;
import io.stampede.junit.ProvesReadiness;
import io.stampede.junit.RampUpTest;
import io.stampede.junit.SpikeTest;
import io.stampede.junit.StressTest;
import io.stampede.junit.SustainedLoadTest;
import io.stampede.junit.UsersTest;
import io.stampede.junit.WorkloadTest;
import io.stampede.report.readiness.Evidence.Outcome;
import io.stampede.report.text.Text;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.PreconditionViolationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Sees which tests are load tests or carry {@link ProvesReadiness}, and what becomes of them. */
public final class EvidenceCollector implements TestExecutionListener {

    /** What a load test speaks for if it failed before there was a result that could say so: the label of its kind. */
    private static final Map<Class<? extends Annotation>, String> KINDS = Map.of(
            ArrivalRateTest.class, "arrival rate",
            BasicLoadTest.class, "basic load",
            EnduranceTest.class, "endurance",
            RampUpTest.class, "ramp-up",
            SpikeTest.class, "spike",
            StressTest.class, "stress",
            SustainedLoadTest.class, "sustained load",
            UsersTest.class, "closed model",
            WorkloadTest.class, "phases");

    private final EvidenceLog log;
    private final TestPlan plan;

    public EvidenceCollector(EvidenceLog log, TestPlan plan) {
        this.log = log;
        this.plan = plan;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isTest()) {
            log.entered(
                    test.getUniqueId(),
                    method(test).map(EvidenceCollector::name).orElse(null));
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        ended(test, Outcome.NOTHING_SHOWN, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            log.left(test.getUniqueId());
        }
        String why = result.getThrowable().map(Throwable::toString).orElse("");
        if (test.isTest() || result.getStatus() != Status.SUCCESSFUL) {
            ended(
                    test,
                    switch (result.getStatus()) {
                        case SUCCESSFUL -> Outcome.PASSED;
                        case ABORTED -> Outcome.NOTHING_SHOWN;
                        case FAILED -> Outcome.FAILED;
                    },
                    why);
        }
    }

    /** What becomes of a class, or of all invocations of a method, becomes of all that is in it. */
    private void ended(TestIdentifier test, Outcome outcome, String why) {
        Stream.concat(Stream.of(test), test.isTest() ? Stream.of() : plan.getDescendants(test).stream())
                .map(EvidenceCollector::method)
                .flatMap(Optional::stream)
                .distinct()
                .forEach(source -> ended(source, outcome, Text.line(why, 300)));
    }

    private void ended(MethodSource source, Outcome outcome, String why) {
        Method method = method(source);
        log.ended(name(source), method == null ? List.of() : lines(source, method), outcome, why);
        if (method != null && outcome == Outcome.FAILED) {
            List<String> kinds = kinds(method);
            if (!kinds.isEmpty()) {
                log.brokeDown(name(source), kinds, why);
            }
        }
    }

    private static List<String> kinds(Method method) {
        return KINDS.entrySet().stream()
                .filter(kind -> AnnotationSupport.isAnnotated(method, kind.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    private static Optional<MethodSource> method(TestIdentifier test) {
        Optional<TestSource> source = test.getSource();
        return source.filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
    }

    private static String name(MethodSource method) {
        return method.getClassName() + "#" + method.getMethodName();
    }

    private static @Nullable Method method(MethodSource source) {
        try {
            return source.getJavaMethod();
        } catch (PreconditionViolationException e) {
            return null; // another engine's test, which is not a Java method
        }
    }

    private static List<String> lines(MethodSource source, Method method) {
        return Stream.concat(
                        AnnotationSupport.findRepeatableAnnotations(method, ProvesReadiness.class).stream(),
                        enclosing(source.getJavaClass())
                                .flatMap(type ->
                                        AnnotationSupport.findRepeatableAnnotations(type, ProvesReadiness.class)
                                                .stream()))
                .map(ProvesReadiness::value)
                .filter(line -> !line.isBlank())
                .map(line -> Text.line(Checklist.key(line), 120))
                .distinct()
                .toList();
    }

    /** The class itself and, if it is nested, those around it. */
    private static Stream<Class<?>> enclosing(Class<?> type) {
        return Stream.iterate(type, outer -> outer != null, Class::getEnclosingClass);
    }
}
