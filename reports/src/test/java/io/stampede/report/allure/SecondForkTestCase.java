package io.stampede.report.allure;

import io.stampede.report.testing.Samples;
import org.junit.jupiter.api.Test;

/** Run by {@link ForksTests}, in a JVM of its own; reports as the extension does. */
class SecondForkTestCase {

    @Test
    void endurance() {
        Samples.Sample sample = Samples.endurance();
        new AllureLoadReporter().finished(sample.result(), sample.verdict());
    }

    @Test
    void plain() {}
}
