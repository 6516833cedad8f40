package io.stampede.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTestExtension;
import io.stampede.operation.Iteration;
import io.stampede.result.LoadResult;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.opentest4j.AssertionFailedError;

/** A load test does not pass unless its load has run, whoever takes its place. */
class TakenPlaceTests {

    private static final String DETECTION = "junit.jupiter.extensions.autodetection.enabled";

    private static final AtomicInteger CALLS = new AtomicInteger();

    @BeforeEach
    void countFromZero() {
        CALLS.set(0);
    }

    @Test
    void failsIfAnotherExtensionCalledTheMethod() {
        Throwable failure = Fixtures.failure(Fixtures.run(CalledTestCase.class));

        assertThat(CALLS).hasValue(1);
        assertThat(failure)
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage(
                        "@BasicLoadTest on CalledTestCase.load(): the load did not run, because another extension called"
                                + " the method itself, or skipped it. It was " + CallsItself.class.getName()
                                + ". Move the load test to a class without that extension, or let the extension call"
                                + " proceed().");
    }

    @ExtendWith(CallsItself.class)
    static class CalledTestCase {
        @BasicLoadTest(concurrent = 5)
        void load() {
            CALLS.incrementAndGet();
        }
    }

    @Test
    void namesWhoCalledTheMethodIfItAskedForItsIteration() {
        Throwable failure = Fixtures.failure(Fixtures.run(AsksTestCase.class));

        assertThat(failure)
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessageContaining("It was " + CallsItself.class.getName() + ". ")
                .hasCauseInstanceOf(Placeholder.OutsideException.class);
    }

    @ExtendWith({Proceeds.class, CallsItself.class})
    static class AsksTestCase {
        @BasicLoadTest(concurrent = 5)
        void load(Iteration it) {
            it.index();
        }
    }

    @Test
    void namesExtensionsOfFieldsAndOfClassesAround() {
        Throwable failure = Fixtures.failure(Fixtures.run(AroundTestCase.class));

        assertThat(failure)
                .hasMessageContaining("It was " + Proceeds.class.getName() + " or " + Skips.class.getName() + ". ");
    }

    static class AroundTestCase {
        @RegisterExtension
        static final InvocationInterceptor field = new Skips();

        @Nested
        @ExtendWith(Proceeds.class)
        class InnerTestCase {
            @BasicLoadTest(concurrent = 5)
            void load() {}
        }
    }

    @Test
    void failsIfTheOtherExtensionComesFirstOnTheMethod() {
        Throwable failure = Fixtures.failure(Fixtures.run(BeforeTestCase.class));

        assertThat(failure).hasMessageContaining("It was " + CallsItself.class.getName());
    }

    static class BeforeTestCase {
        @ExtendWith(CallsItself.class)
        @BasicLoadTest(concurrent = 5)
        void load() {}
    }

    @Test
    void runsTheLoadIfItComesFirstOnTheMethod() {
        ends(Fixtures.run(AfterTestCase.class));

        assertThat(CALLS).hasValue(5);
    }

    static class AfterTestCase {
        @BasicLoadTest(concurrent = 5)
        @ExtendWith(CallsItself.class)
        void load() {
            CALLS.incrementAndGet();
        }
    }

    @Test
    void runsTheLoadWithinAnExtensionThatProceeds() {
        ends(Fixtures.run(ProceedsTestCase.class));

        assertThat(CALLS).hasValue(5);
    }

    @ExtendWith(Proceeds.class)
    static class ProceedsTestCase {
        @BasicLoadTest(concurrent = 5)
        void load() {
            CALLS.incrementAndGet();
        }
    }

    @Test
    void failsIfATemplateWasCalledByAnotherExtension() {
        EngineExecutionResults results = Fixtures.run(TemplateTestCase.class);

        // JUnit runs such a method as a plain test too.
        results.testEvents().assertStatistics(stats -> stats.started(3).failed(3));
    }

    @ExtendWith(QuarkusTestExtension.class)
    static class TemplateTestCase {
        @BasicLoadTest(concurrent = 5)
        @RepeatedTest(2)
        void load() {}
    }

    @Test
    void failsIfTheErrorOfALoadThatDidNotRunWasSwallowed() {
        Throwable failure = Fixtures.failure(Fixtures.run(SwallowedErrorTestCase.class));

        assertThat(failure).isInstanceOf(LoadConfigurationException.class).hasMessageContaining("concurrent = 0");
    }

    @ExtendWith(Swallows.class)
    static class SwallowedErrorTestCase {
        @BasicLoadTest(concurrent = 0)
        void load() {}
    }

    @Test
    void failsIfTheVerdictWasSwallowed() {
        Throwable failure = Fixtures.failure(Fixtures.run(SwallowedVerdictTestCase.class));

        assertThat(failure).isInstanceOf(AssertionFailedError.class).hasMessageContaining("CRITICAL");
    }

    @ExtendWith(Swallows.class)
    static class SwallowedVerdictTestCase {
        @BasicLoadTest(concurrent = 5)
        void load() {
            throw new IllegalStateException("the shop is closed");
        }
    }

    @Test
    void leavesTestsAloneThatAreNotToRun() {
        Fixtures.run(NotToRunTestCase.class)
                .testEvents()
                .assertStatistics(stats -> stats.skipped(1).aborted(1).failed(0).succeeded(0));
    }

    static class NotToRunTestCase {
        @Disabled("not now")
        @BasicLoadTest(concurrent = 5)
        void disabled() {}

        @ExtendWith(Assumes.class)
        @BasicLoadTest(concurrent = 5)
        void assumed() {}
    }

    @Test
    void comesBeforeQuarkusWhereJUnitDetectsExtensions() {
        ends(Fixtures.run(QuarkusTestCase.class, DETECTION, "true"));

        assertThat(CALLS).hasValue(5);
        assertThat(QuarkusTestCase.succeeded).isEqualTo(5);
    }

    @Test
    void saysHowToComeBeforeQuarkus() {
        Throwable failure = Fixtures.failure(Fixtures.run(QuarkusTestCase.class));

        assertThat(failure)
                .hasMessageContaining(
                        "It was io.quarkus.test.junit.QuarkusTestExtension. Set the configuration parameter "
                                + DETECTION + " = true, so that the load comes first");
    }

    @ExtendWith(QuarkusTestExtension.class)
    static class QuarkusTestCase {
        static long succeeded;

        @BasicLoadTest(concurrent = 5)
        void load() {
            CALLS.incrementAndGet();
        }

        @AfterEach
        void keep(LoadResult result) {
            succeeded = result.succeeded();
        }
    }

    @Test
    void saysBeforeQuarkusThatALoadTestIsNotATemplate() {
        EngineExecutionResults results = Fixtures.run(TemplateTestCase.class, DETECTION, "true");

        assertThat(failures(results))
                .extracting(Throwable::toString)
                .filteredOn(text -> text.contains("also a parameterized, repeated or other templated test"))
                .hasSize(2);
    }

    private static List<Throwable> failures(EngineExecutionResults results) {
        return results.testEvents().failed().stream()
                .map(event -> event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .toList();
    }

    @Test
    void leavesOtherExtensionsTheirTurnWhereJUnitDetectsExtensions() {
        Proceeds.reached.set(0);

        ends(Fixtures.run(ProceedsTestCase.class, DETECTION, "true"));

        assertThat(CALLS).hasValue(5);
        assertThat(Proceeds.reached).hasValue(1);
    }

    // Whether it meets the targets is a matter of milliseconds.
    private static void ends(EngineExecutionResults results) {
        results.testEvents().assertStatistics(stats -> stats.started(1).finished(1));
        assertThat(failures(results)).doesNotHaveAnyElementsOfTypes(LoadConfigurationException.class);
    }

    static final class CallsItself implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<Void> chain, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            method.getExecutable().setAccessible(true);
            method.getExecutable()
                    .invoke(
                            method.getTarget().orElseThrow(),
                            method.getArguments().toArray());
            chain.skip();
        }
    }

    static final class Skips implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<Void> chain, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
            chain.skip();
        }
    }

    static final class Proceeds implements InvocationInterceptor {
        static final AtomicInteger reached = new AtomicInteger();

        @Override
        public void interceptTestMethod(
                Invocation<Void> chain, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            reached.incrementAndGet();
            chain.proceed();
        }
    }

    static final class Assumes implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<Void> chain, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            Assumptions.abort("not on this machine");
            chain.proceed();
        }
    }

    static final class Swallows implements TestExecutionExceptionHandler {
        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable failure) {}
    }
}
