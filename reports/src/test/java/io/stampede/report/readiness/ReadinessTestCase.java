package io.stampede.report.readiness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.stampede.junit.ProvesReadiness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Evidence without a load test. Run by {@link ReadinessTests}. */
class ReadinessTestCase {

    @Test
    @ProvesReadiness("Monitoring")
    @ProvesReadiness("backups are | <b>restored</b>")
    void passes() {}

    @RepeatedTest(3)
    @ProvesReadiness("alerting")
    void failsOnce(RepetitionInfo repetition) {
        assertEquals(true, repetition.getCurrentRepetition() != 2);
    }

    @Test
    void saysNothingOfReadiness() {}

    @Nested
    @ProvesReadiness("documentation")
    class Documented {

        @Test
        void first() {}

        @Test
        @Disabled("later")
        void second() {}
    }

    @Nested
    class NeverBegins {

        @BeforeAll
        static void breaks() {
            fail("no database");
        }

        @Test
        @ProvesReadiness("Graceful  shutdown")
        void neverRun() {}
    }

    @Test
    @ProvesReadiness("penetration test")
    void aborted() {
        abort("not here");
    }

    @TestFactory
    @ProvesReadiness("capacity plan")
    java.util.stream.Stream<org.junit.jupiter.api.DynamicTest> dynamic() {
        return java.util.stream.Stream.of(org.junit.jupiter.api.DynamicTest.dynamicTest("one", () -> {}));
    }
}
