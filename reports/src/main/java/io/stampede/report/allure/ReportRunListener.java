package io.stampede.report.allure;

import io.stampede.internal.launch.LaunchListener;
import io.stampede.report.readiness.EvidenceCollector;
import io.stampede.report.readiness.Readiness;
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
 * Makes the report of a run when its test plan has ended, if there was a load test in it, and the readiness checklist, if
 * a test spoke for it. Errors are printed and fail nothing.
 *
 * @since 0.1
 */
public final class ReportRunListener implements TestExecutionListener {

    private final Run run;
    private volatile @Nullable EvidenceCollector collector;

    /** For the service loader, on the usual class path before Allure's listener, which reads its directory once. */
    public ReportRunListener() {
        this(Run.current());
    }

    ReportRunListener(Run run) {
        this.run = run;
        try {
            run.results().redirect();
        } catch (RuntimeException | LinkageError e) {
            run.console().error("Allure's results could not be directed to the report directory", e);
        }
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        LaunchListener.begin(plan);
        boolean first = run.begin();
        // Of plans within a test, the test itself tells what became of them.
        collector = run.outermost() ? new EvidenceCollector(run.evidence(), plan) : null;
        if (!first) {
            return;
        }
        try {
            run.results().settle();
            run.results().clear();
        } catch (IOException | RuntimeException e) {
            run.console().error("results of an earlier run could not be removed, so the report may show them", e);
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
            run.console().error("what a test shows of readiness could not be told", e);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        try {
            finish();
        } finally {
            LaunchListener.end(plan);
        }
    }

    private void finish() {
        boolean report = run.end();
        Readiness readiness = collector == null ? null : readiness();
        Path page = null;
        if (report) {
            page = report(readiness);
        } else {
            announce(readiness);
        }
        if (run.isOver()) {
            run.live().end(page); // also if its only load test broke down, and there is nothing to report
        }
    }

    /** Makes the report; returns its page, or null if there is none. */
    private @Nullable Path report(@Nullable Readiness readiness) {
        try {
            Path directory = run.settings().directory();
            Path history = run.settings().historyDirectory();
            Path results = run.results().directory();
            Path page = directory.resolve("allure-report");
            RunFiles.write(results, run);
            // Allure 3 does not make the directory of its history, and without the page nothing else does.
            Files.createDirectories(history);
            Files.writeString(
                    directory.resolve("allurerc.mjs"), Allure3Configuration.of(run, directory, results, history));
            if (readiness != null) {
                readiness.addTo(results, page);
            }
            if (run.settings().html()) {
                AllureReport.Page made = new AllureReport(results, page, history).generate();
                if (readiness != null) {
                    readiness.shownIn(made.file(), made.tests());
                }
                announce(readiness);
                run.console().print("Allure report: " + made.file());
                return made.file();
            }
            announce(readiness);
        } catch (IOException | RuntimeException | LinkageError e) {
            run.console().error("the Allure report could not be made", e);
        }
        return null;
    }

    private @Nullable Readiness readiness() {
        ReportSettings settings = run.settings();
        try {
            if (!settings.readiness()) {
                run.evidence().clear();
                return null;
            }
            return Readiness.of(
                            settings.readinessDirectory(),
                            run.evidence(),
                            settings.readinessMaxAge(),
                            run.commit(),
                            run.console())
                    .orElse(null);
        } catch (IOException | RuntimeException | LinkageError e) {
            run.console().error("the readiness checklist could not be made", e);
            return null;
        }
    }

    private void announce(@Nullable Readiness readiness) {
        if (readiness != null) {
            run.console().print(readiness.sentence());
        }
    }
}
