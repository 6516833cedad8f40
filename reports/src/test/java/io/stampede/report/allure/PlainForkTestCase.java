package io.stampede.report.allure;

import org.junit.jupiter.api.Test;

/** Run by {@link ForksTests}, in a JVM of its own; knows nothing of load. */
class PlainForkTestCase {

    @Test
    void withoutLoad() {}
}
