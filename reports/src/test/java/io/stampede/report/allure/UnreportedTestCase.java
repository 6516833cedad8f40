package io.stampede.report.allure;

import org.junit.jupiter.api.Test;

/** Has no load test. Run by {@link AllureReportTests} in a JVM of its own. */
public class UnreportedTestCase {

    @Test
    public void passes() {}
}
