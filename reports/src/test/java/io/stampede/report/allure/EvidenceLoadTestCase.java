package io.stampede.report.allure;

import static org.junit.jupiter.api.Assertions.fail;

import io.stampede.junit.ProvesReadiness;
import io.stampede.report.testing.Samples;
import org.junit.jupiter.api.Test;

/** Load tests that speak for readiness. Run by {@code ReadinessTests}. */
public class EvidenceLoadTestCase {

    @Test
    @ProvesReadiness("monitoring")
    void sustained() {
        new AllureLoadReporter()
                .finished(Samples.sustained().result(), Samples.sustained().verdict());
    }

    @Test
    void assertsMoreOfItsResult() {
        new AllureLoadReporter()
                .finished(Samples.basic().result(), Samples.basic().verdict());
        fail("p95 must be less than 1 ms");
    }

    @Test
    void invalid() {
        new AllureLoadReporter()
                .finished(Samples.invalid().result(), Samples.invalid().verdict());
    }
}
