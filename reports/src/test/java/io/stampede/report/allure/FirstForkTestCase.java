package io.stampede.report.allure;

import io.stampede.report.testing.Samples;
import org.junit.jupiter.api.Test;

/** Run by {@link ForksTests}, in a JVM of its own; reports as the extension does. */
class FirstForkTestCase {

    @Test
    void sustained() {
        Samples.Sample sample = Samples.sustained();
        new AllureLoadReporter().finished(sample.result(), sample.verdict());
    }

    @Test
    void plain() {}
}
