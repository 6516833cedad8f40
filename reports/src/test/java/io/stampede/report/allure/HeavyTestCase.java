package io.stampede.report.allure;

import io.stampede.report.testing.Samples;
import org.junit.jupiter.api.Test;

/** Run by {@link AllurePageTests}: as much as there can be, and text that is up to no good. */
class HeavyTestCase {

    @Test
    void worst() {
        report(Samples.worst());
    }

    @Test
    void manyRunsInOneTest() {
        for (int i = 0; i < 15; i++) {
            report(Samples.sustained());
        }
    }

    @Test
    void nasty() {
        report(Samples.nasty(Samples.LONG));
        report(Samples.nasty());
    }

    private static void report(Samples.Sample sample) {
        new AllureLoadReporter().finished(sample.result(), sample.verdict());
    }
}
