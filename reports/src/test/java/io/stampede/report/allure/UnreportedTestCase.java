package io.stampede.report.allure;

import org.junit.jupiter.api.Test;

/** Has no load test. Run by {@link AllureReportTests}. */
public class UnreportedTestCase {

    @Test
    void passes() {}
}
