package io.stampede.report.allure;

import io.stampede.internal.report.VerdictTable;
import io.stampede.report.testing.Samples;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Run by {@link AllureReportTests}; reports as the extension does. */
class ReportedTestCase {

    @Test
    void spike() {
        run(Samples.spike());
    }

    @Test
    void stress() {
        run(Samples.stress());
    }

    @Test
    void sustained() {
        run(Samples.sustained());
    }

    @Test
    void late() {
        run(Samples.invalid());
    }

    @Test
    void nasty() {
        run(Samples.nasty());
    }

    @Test
    void twoRunsInOneTest() {
        run(Samples.basic());
        run(Samples.ramp());
    }

    private static void run(Samples.Sample sample) {
        new AllureLoadReporter().finished(sample.result(), sample.verdict());
        switch (sample.verdict().outcome()) {
            case PASSED -> {}
            case FAILED ->
                throw new AssertionFailedError(VerdictTable.renderWorstFirst(sample.result(), sample.verdict()));
            case INVALID ->
                throw new TestAbortedException(VerdictTable.renderWorstFirst(sample.result(), sample.verdict()));
        }
    }
}
