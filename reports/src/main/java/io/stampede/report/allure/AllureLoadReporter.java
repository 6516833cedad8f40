package io.stampede.report.allure;

import io.stampede.internal.format.AtomicFiles;
import io.stampede.report.LoadReporter;
import io.stampede.report.export.LoadTestFile;
import io.stampede.report.export.LoadTestFiles;
import io.stampede.report.live.LiveReporter;
import io.stampede.report.readiness.EvidenceLog;
import io.stampede.report.text.Console;
import io.stampede.result.LoadResult;
import io.stampede.result.Snapshot;
import io.stampede.scenario.Scenario;
import io.stampede.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reports one load test: shows it on the live page while it runs if there is one, then writes its files below the report
 * directory, and attaches them to the Allure test case that is open, if one is. Errors are printed and fail nothing.
 *
 * @since 0.1
 */
public final class AllureLoadReporter implements LoadReporter {

    private final Run run;
    private final Console console;
    private final LiveReporter live;
    private boolean lost;
    private EvidenceLog.@Nullable Running begunIn;

    /** For the service loader. */
    public AllureLoadReporter() {
        this(Run.current());
    }

    AllureLoadReporter(Run run) {
        this.run = run;
        this.console = run.console();
        this.live = new LiveReporter(run.live());
    }

    @Override
    public void started(Scenario scenario, Map<String, String> facts) {
        begunIn = run.evidence().running();
        run.calls().begin();
        live(() -> live.started(scenario, facts));
    }

    @Override
    public void progress(Snapshot snapshot) {
        live(() -> live.progress(snapshot));
    }

    /** What goes wrong with the live page does so once, and keeps nothing else from being reported. */
    private void live(Runnable step) {
        if (lost) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException | LinkageError e) {
            lost = true;
            console.error("the live page does not show this run", e);
        }
    }

    @Override
    public void finished(LoadResult result, Verdict verdict) {
        long leftOut = run.calls().end();
        if (leftOut > 0) {
            console.note(String.format(
                    Locale.ROOT,
                    "\"%s\" called Allure in its operations, %,d times. That is left out: there would be a step for each"
                            + " operation. Facts and gauges of the load test are in the report.",
                    result.scenario().name(),
                    leftOut));
        }
        try {
            report(result, verdict);
        } catch (RuntimeException | LinkageError e) {
            console.error("\"" + result.scenario().name() + "\" could not be reported", e);
        }
        live(() -> live.finished(result, verdict));
    }

    private void report(LoadResult result, Verdict verdict) {
        String here = run.evidence().test(begunIn);
        Path directory = run.add(result, verdict, here);
        AllureTestCase test = AllureTestCase.current(run).orElse(null);
        String prefix = test == null ? "" : TestDescription.prefix(test, result);
        if (test != null && test.takes(TestDescription.MAX_BYTES)) {
            new TestDescription(test, prefix, result, verdict).write();
        }
        IOException failed = null;
        for (LoadTestFile file : new LoadTestFiles(result, verdict, here, console).make()) {
            failed = failed == null ? write(file, directory) : failed; // what keeps one out keeps the others out
            if (test != null) {
                attach(file, directory, test, prefix);
            }
        }
        if (failed != null) {
            console.error("\"" + result.scenario().name() + "\" could not be written to " + directory, failed);
        }
        run.live().reported(result, directory.resolve(LoadTestFiles.SUMMARY));
    }

    private static @Nullable IOException write(LoadTestFile file, Path directory) {
        try {
            Files.createDirectories(directory);
            AtomicFiles.write(directory.resolve(file.name()), file.content()); // half a file would be worse than none
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private void attach(LoadTestFile file, Path directory, AllureTestCase test, String prefix) {
        try {
            byte[] attachment = file.attachment();
            if (test.takes(attachment.length)) {
                test.attach(prefix + file.title(), file.type(), file.extension(), attachment);
            } else {
                console.note(directory.getFileName() + "/" + file.name()
                        + " is not attached: with it the test's result would be larger than "
                        + AllureTestCase.MAX_BYTES / 1_000_000 + " MB");
            }
        } catch (RuntimeException | LinkageError e) {
            console.error(directory.resolve(file.name()) + " could not be attached", e);
        }
    }
}
