package io.stampede.report.allure;

import io.stampede.report.live.Live;
import io.stampede.report.readiness.EvidenceCollector;
import io.stampede.report.readiness.Readiness;
import io.stampede.report.readiness.Shown;
import io.stampede.report.text.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Makes the report of a run when its test plan has ended, where a load test was in it, and the readiness checklist, where
 * a test spoke for it. Errors are printed and fail nothing.
 *
 * @since 0.1
 */
public final class ReportRunListener implements TestExecutionListener {

    private volatile @Nullable EvidenceCollector collector;

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
        boolean first = Run.current().begin();
        // Of plans within a test, the test itself tells what became of them.
        collector =
                Run.current().outermost() ? new EvidenceCollector(Run.current().evidence(), plan) : null;
        if (!first) {
            return;
        }
        try {
            AllureResults.clear();
        } catch (IOException | RuntimeException e) {
            Console.error("results of an earlier run could not be removed, so the report may show them", e);
        }
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        collect(collector -> collector.executionStarted(test));
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        collect(collector -> collector.executionSkipped(test, reason));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        collect(collector -> collector.executionFinished(test, result));
    }

    private void collect(Consumer<EvidenceCollector> event) {
        EvidenceCollector collecting = collector;
        if (collecting == null) {
            return;
        }
        try {
            event.accept(collecting);
        } catch (RuntimeException | LinkageError e) {
            Console.error("what a test shows of readiness could not be told", e);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        Run run = Run.current();
        boolean report = run.end();
        Readiness readiness = collector == null ? null : readiness(run);
        Path page = null;
        if (report) {
            page = report(run, readiness);
        } else {
            announce(readiness);
        }
        if (run.isOver()) {
            Live.end(page); // also where its only load test broke down, and there is nothing to report
        }
    }

    /** Makes the report; says where its page is, or null where there is none. */
    private static @Nullable Path report(Run run, @Nullable Readiness readiness) {
        try {
            Path directory = ReportSettings.directory();
            Path results = AllureResults.directory();
            Path page = directory.resolve("allure-report");
            RunFiles.write(results, run);
            // Allure 3 does not make the directory of its history, and without the page nothing else does.
            Files.createDirectories(ReportSettings.historyDirectory());
            Files.writeString(
                    directory.resolve("allurerc.mjs"),
                    AllureThree.configuration(run, directory, results, ReportSettings.historyDirectory()));
            if (readiness != null) {
                readiness.addTo(results, page);
            }
            if (ReportSettings.html()) {
                AllureReport.Page made = new AllureReport(results, page, ReportSettings.historyDirectory()).generate();
                if (readiness != null) {
                    readiness.shownIn(made);
                }
                announce(readiness);
                Console.print("Allure report: " + made.file());
                return made.file();
            }
            announce(readiness);
        } catch (IOException | RuntimeException | LinkageError e) {
            Console.error("the Allure report could not be made", e);
        }
        return null;
    }

    private static @Nullable Readiness readiness(Run run) {
        Shown shown = run.evidence().drain();
        try {
            return ReportSettings.readiness()
                    ? Readiness.of(shown, run.commit()).orElse(null)
                    : null;
        } catch (IOException | RuntimeException | LinkageError e) {
            Console.error("the readiness checklist could not be made", e);
            return null;
        }
    }

    private static void announce(@Nullable Readiness readiness) {
        if (readiness != null) {
            Console.print(readiness.sentence());
        }
    }
}
