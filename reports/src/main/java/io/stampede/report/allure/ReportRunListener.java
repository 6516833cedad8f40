package io.stampede.report.allure;

import io.stampede.internal.launch.LaunchListener;
import io.stampede.report.readiness.EvidenceCollector;
import io.stampede.report.readiness.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
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
    private volatile boolean executed;

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
        try {
            if (first) {
                run.results().settle();
            }
            run.folder().enter(classes(plan), hasLoadTests(plan), run.remains());
        } catch (IOException | RuntimeException e) {
            run.console()
                    .error(
                            "the report directory cannot be used, so there are no reports, or they show what an earlier"
                                    + " build left; choose another one with stampede.report.dir",
                            e);
        }
    }

    private static Set<String> classes(TestPlan plan) {
        return tests(plan)
                .flatMap(test -> test.getSource().stream())
                .filter(ClassSource.class::isInstance)
                .map(source -> ((ClassSource) source).getClassName())
                .collect(Collectors.toSet());
    }

    private static boolean hasLoadTests(TestPlan plan) {
        return tests(plan).anyMatch(test -> test.getTags().contains(TestTag.create("load")));
    }

    private static Stream<TestIdentifier> tests(TestPlan plan) {
        return plan.getRoots().stream().flatMap(root -> plan.getDescendants(root).stream());
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        executed = true;
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
        // Another JVM of the build has made a report that lacks these tests.
        boolean report = run.end() || (run.isOver() && executed && run.folder().hasLoadTests());
        executed = false;
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
        @Nullable Path[] page = new @Nullable Path[1]; // set by the code that holds the lock
        try {
            Figures own = run.figures();
            run.folder().report(own.equals(Figures.NONE) ? null : own.data(), (parts, first) -> {
                Figures all = parts.stream().map(Figures::of).reduce(Figures.NONE, Figures::plus);
                page[0] = report(all, first, readiness);
            });
        } catch (IOException | RuntimeException | LinkageError e) {
            run.console().error("the Allure report could not be made", e);
        }
        return page[0];
    }

    private @Nullable Path report(Figures all, boolean first, @Nullable Readiness readiness) throws IOException {
        Path directory = run.settings().directory();
        Path history = run.settings().historyDirectory();
        Path results = run.results().directory();
        Path page = directory.resolve("allure-report");
        RunFiles.write(results, all);
        // Allure 3 does not make the directory of its history, and without the page nothing else does.
        Files.createDirectories(history);
        Files.writeString(directory.resolve("allurerc.mjs"), Allure3Configuration.of(all, directory, results, history));
        if (readiness != null) {
            readiness.addTo(results, page);
        }
        if (!run.settings().html()) {
            announce(readiness);
            return null;
        }
        AllureReport.Page made = new AllureReport(results, page, history).generate(first);
        if (readiness != null) {
            readiness.shownIn(made.file(), made.tests());
        }
        announce(readiness);
        run.console().print("Allure report: " + made.file());
        return made.file();
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
        } catch (IllegalArgumentException e) {
            run.console().note("the readiness checklist could not be made: " + e.getMessage());
            return null;
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
