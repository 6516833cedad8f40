package io.stampede.report.readiness;

import static org.junit.jupiter.api.Assertions.fail;

import io.stampede.LoadTest;
import io.stampede.junit.SpikeTest;
import io.stampede.scenario.Workload;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Load tests that do not run where a system property says so. Run by {@link ReadinessTests}. */
class UnsteadyLoadTestCase {

    @Nested
    class WithoutItsDatabase {

        @BeforeEach
        void prepare() {
            failIf("no database");
        }

        @SpikeTest(concurrent = 3)
        void spike() {}
    }

    @Nested
    class WithoutItsMachine {

        @BeforeAll
        static void prepare() {
            failIf("no machine");
        }

        @SpikeTest(concurrent = 3)
        void anotherSpike() {}
    }

    @SpikeTest(concurrent = 3)
    @DisabledIfSystemProperty(named = "unsteady", matches = "true")
    void disabled() {}

    @Test
    void nothingIsLoadedAnyMore() {
        if (!Boolean.getBoolean("unsteady")) {
            LoadTest.named("taken away").workload(Workload.burst(3)).run(it -> {});
        }
    }

    private static void failIf(String why) {
        if (Boolean.getBoolean("unsteady")) {
            fail(why);
        }
    }
}
