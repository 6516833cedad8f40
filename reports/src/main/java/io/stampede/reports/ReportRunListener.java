package io.stampede.reports;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Makes the report of a run when its test plan has ended, where a load test was in it. Errors are printed and fail
 * nothing.
 *
 * @since 0.1
 */
public final class ReportRunListener implements TestExecutionListener {

    /** Made by the service loader, on the usual class path before Allure's listener, which reads its directory once. */
    public ReportRunListener() {
        try {
            AllureResults.redirect();
        } catch (RuntimeException | LinkageError e) {
            Console.error("Allure's results could not be directed to the report directory", e);
        }
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        if (!Run.current().begin()) {
            return;
        }
        try {
            AllureResults.clear();
        } catch (IOException | RuntimeException e) {
            Console.error("results of an earlier run could not be removed, so the report may show them", e);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        Run run = Run.current();
        if (!run.end()) {
            return;
        }
        Path page = null;
        try {
            Path results = AllureResults.directory();
            RunFiles.write(results, run);
            if (ReportSettings.html()) {
                page = new AllureReport(results, ReportSettings.directory()).generate();
                Console.print("Allure report: " + page);
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            Console.error("the Allure report could not be made", e);
        }
        Live.end(page);
    }
}
