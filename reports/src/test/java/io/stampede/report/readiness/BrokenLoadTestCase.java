package io.stampede.report.readiness;

import io.stampede.junit.PerformanceTarget;
import io.stampede.junit.SustainedLoadTest;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** A load test that may pass, beside three that give no result. */
class BrokenLoadTestCase {

    @SustainedLoadTest(total = 5, every = "1ms")
    void runs() {}

    @SustainedLoadTest(total = 5, every = "1ms")
    @PerformanceTarget(metric = "respone time p95", target = "< 1s")
    void misspelt() {}

    @SustainedLoadTest(total = 5, every = "1ms")
    CompletableFuture<Void> neverRun() {
        return CompletableFuture.completedFuture(null);
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class NeverBegins {
        @BeforeAll
        void breaks() {
            throw new IllegalStateException("no database");
        }

        @SustainedLoadTest(total = 5, every = "1ms")
        void load() {}
    }
}
