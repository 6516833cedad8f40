package io.stampede.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.stampede.LoadTest;
import io.stampede.assertj.LoadAssertions;
import io.stampede.operation.Iteration;
import io.stampede.scenario.Workload;
import io.stampede.targets.Target;
import io.stampede.targets.Targets;
import io.stampede.verdict.FinishedRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** What operations threw comes with the error of the test, whatever reports there are. */
class FailureEvidenceTests {

    @Test
    void theFirstFailureIsTheCause() {
        Throwable error = Fixtures.failure(Fixtures.run(LostTestCase.class));

        assertThat(error).isInstanceOf(AssertionFailedError.class);
        assertThat(error.getCause()).hasToString("java.lang.IllegalStateException: order 0 lost");
        assertThat(Objects.requireNonNull(error.getCause()).getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .containsExactly("deep", "checkout");
        assertThat(error.getSuppressed())
                .extracting(Throwable::toString)
                .containsExactlyInAnyOrder(
                        "java.lang.IllegalArgumentException: no such order", "java.lang.RuntimeException");
        assertThat(printed(error)).contains("Caused by: java.lang.IllegalStateException: order 0 lost");
    }

    static class LostTestCase {
        @SustainedLoadTest(total = 6, every = "5ms")
        void checkout(Iteration it) {
            deep(it.index());
        }

        private static void deep(long index) {
            switch ((int) index) {
                case 3 -> throw new IllegalArgumentException("no such order");
                case 4 -> throw new RuntimeException();
                default -> throw new IllegalStateException("order " + index + " lost");
            }
        }
    }

    @Test
    void anErrorWithManyCausesCarriesAFew() {
        Throwable error = Fixtures.failure(Fixtures.run(ManyCausesTestCase.class));

        assertThat(error.getCause()).isNotNull();
        assertThat(error.getSuppressed()).hasSize(4);
        assertThat(error.getMessage()).contains("21 more causes").contains("1 x java.lang.OutOfMemoryError");
    }

    static class ManyCausesTestCase {
        @BasicLoadTest(concurrent = 61)
        void checkout(Iteration it) {
            if (it.index() == 60) {
                throw new OutOfMemoryError("in the last place");
            }
            throw new IllegalStateException("cause " + "abcdefghijklmnopqrstuvwxyzABCD".charAt((int) it.index() / 2));
        }
    }

    @Test
    void assertionsOnRunsInCodeCarryThem() {
        FinishedRun run = LoadTest.named("in code")
                .setting("stampede.history", "off")
                .setting("stampede.validity", "off")
                .targets(Targets.of(Target.of("success rate", "> 99 %", "> 90 %")))
                .workload(Workload.burst(2))
                .run(it -> {
                    throw new IllegalStateException("gone");
                });

        for (Throwable error : Arrays.asList(
                catchThrowable(() -> LoadAssertions.assertThat(run).meetsTargets()),
                catchThrowable(() -> LoadAssertions.assertThat(run.result()).meetsTargets()),
                catchThrowable(() -> LoadAssertions.assertThat(run.result()).hasNoFailures()))) {
            assertThat(error).isInstanceOf(AssertionError.class);
            assertThat(error.getCause()).hasToString("java.lang.IllegalStateException: gone");
        }
    }

    @Test
    void anExceptionThatCannotBePrintedDoesNotKeepTheVerdictFromBeingRead() {
        Throwable error = Fixtures.failure(Fixtures.run(SpitefulTestCase.class));

        assertThat(error).isInstanceOf(AssertionFailedError.class);
        assertThat(printed(error)).contains("SpitefulTestCase.load").contains("message could not be read");
    }

    static class SpitefulTestCase {
        @BasicLoadTest(concurrent = 2)
        void load() {
            throw new Spiteful();
        }
    }

    private static final class Spiteful extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public synchronized Throwable getCause() {
            return this;
        }
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
