package io.stampede.reports;

import org.junit.jupiter.api.Test;

/** Has no load test. Run by {@link AllureReportTests} in a JVM of its own. */
class UnreportedTestCase {

    @Test
    void passes() {}
}
