package io.stampede.report.readiness;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import io.stampede.LoadTest;
import io.stampede.junit.SpikeTest;
import io.stampede.scenario.Workload;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Load tests in other threads than JUnit's own. Run by {@link ReadinessTests}. */
class ThreadsLoadTestCase {

    @BeforeAll
    static void inNoTest() {
        load("in no test");
    }

    @Nested
    class Failing {

        @SpikeTest(concurrent = 3)
        @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void annotated() {}

        @Test
        void preemptive() {
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> load("preemptive"));
        }

        @Test
        void ownThread() throws InterruptedException {
            Thread thread = new Thread(() -> load("own thread"));
            thread.start();
            thread.join();
        }

        @AfterEach
        void breaks() {
            fail("a row is missing");
        }
    }

    private static void load(String name) {
        LoadTest.named(name).workload(Workload.burst(3)).run(it -> {});
    }
}
