package io.stampede.report.allure;

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
        for (LoadTestFile file : new LoadTestFiles(result, verdict, here, console).make()) {
            write(file, directory);
            if (test != null) {
                attach(file, directory, test, prefix);
            }
        }
        run.live().reported(result, directory.resolve(LoadTestFiles.SUMMARY));
    }

    private void write(LoadTestFile file, Path directory) {
        Path path = directory.resolve(file.name());
        try {
            Files.createDirectories(directory);
            Files.write(path, file.content());
        } catch (IOException e) {
            console.error(path + " could not be written", e);
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
