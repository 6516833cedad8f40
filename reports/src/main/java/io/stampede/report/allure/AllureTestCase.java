package io.stampede.report.allure;

import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.util.PropertiesUtils;
import io.stampede.report.quiet.OperationCalls;
import io.stampede.report.quiet.QuietLifecycle;
import io.stampede.report.text.Console;
import io.stampede.report.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The test case that Allure has open in this thread. The only class that knows Allure's API for tests. */
final class AllureTestCase {

    static final String DIRECTORY_PROPERTY = "allure.results.directory";

    /**
     * What one test's result may have, its attachments among them, as files: two megabytes. The page carries them in Base64,
     * so it grows by a third more.
     */
    static final long MAX_BYTES = 2_000_000;

    private final AllureLifecycle lifecycle;
    private final String id;
    private final Run run;

    private AllureTestCase(AllureLifecycle lifecycle, String id, Run run) {
        this.lifecycle = lifecycle;
        this.id = id;
        this.run = run;
    }

    /** Empty if the calling thread runs no test that Allure watches. */
    static Optional<AllureTestCase> current(Run run) {
        AllureLifecycle lifecycle = Allure.getLifecycle();
        return lifecycle.getCurrentTestCase().map(id -> new AllureTestCase(lifecycle, id, run));
    }

    /** Where Allure was told to write its results; null if nothing was set. */
    static @Nullable Path directory() {
        String directory = PropertiesUtils.loadAllureProperties().getProperty(DIRECTORY_PROPERTY);
        return directory == null || directory.isBlank()
                ? null
                : Path.of(directory.strip()).toAbsolutePath().normalize();
    }

    /** Makes Allure ask for its directory when it writes the first result, and leave out what operations say to it. */
    static void writeTo(Supplier<Path> directory, OperationCalls calls, Console console) {
        Allure.setLifecycle(new QuietLifecycle(new LateResultsWriter(directory, console), calls));
    }

    void label(String name, String value) {
        lifecycle.updateTestCase(test -> {
            if (test.getLabels().stream().noneMatch(l -> name.equals(l.getName()) && value.equals(l.getValue()))) {
                test.getLabels().add(new Label().setName(name).setValue(value));
            }
        });
    }

    /** Whether a parameter of that name is there already. */
    boolean hasParameter(String name) {
        boolean[] found = new boolean[1];
        lifecycle.updateTestCase(test ->
                found[0] = test.getParameters().stream().anyMatch(parameter -> name.equals(parameter.getName())));
        return found[0];
    }

    /**
     * @param measured whether it differs from run to run: such a parameter is left out of the test's identity, so that
     *     the history stays one
     */
    void parameter(String name, String value, boolean measured) {
        lifecycle.updateTestCase(test -> test.getParameters()
                .add(new Parameter()
                        .setName(name)
                        .setValue(Text.line(value, 300))
                        .setExcluded(measured)));
    }

    /** Adds to what the description says already. */
    void describe(String markdown, String html) {
        lifecycle.updateTestCase(test -> {
            test.setDescription(joined(test.getDescription(), markdown));
            test.setDescriptionHtml(html(test, html));
        });
    }

    private static String html(TestResult test, String html) {
        return joined(test.getDescriptionHtml(), html);
    }

    private static String joined(@Nullable String before, String added) {
        return before == null || before.isBlank() ? added : before + "\n\n" + added;
    }

    /**
     * A part of what ran, with figures of its own.
     *
     * @param broke why it did; null if it did not
     */
    record Step(
            String name,
            Instant start,
            Duration took,
            Map<String, String> figures,
            @Nullable String broke,
            List<Step> parts) {}

    /** Steps are bounded by the caller: there is none per operation. */
    void steps(List<Step> steps) {
        lifecycle.updateTestCase(test -> steps.forEach(step -> test.getSteps().add(result(step))));
    }

    private static StepResult result(Step step) {
        long startMillis = step.start.toEpochMilli();
        StepResult result = new StepResult()
                .setName(Text.line(step.name, 120))
                .setStart(startMillis)
                .setStop(startMillis + step.took.toMillis())
                .setStage(Stage.FINISHED)
                .setStatus(step.broke == null ? Status.PASSED : Status.BROKEN);
        if (step.broke != null) {
            result.setStatusDetails(new StatusDetails().setMessage(Text.line(step.broke, 300)));
        }
        step.figures.forEach((figure, value) -> result.getParameters()
                .add(new Parameter().setName(Text.line(figure, 60)).setValue(Text.line(value, 120))));
        step.parts.forEach(part -> result.getSteps().add(result(part)));
        return result;
    }

    /** Whether that many bytes more still fit into this test's result; if so, they are taken. */
    boolean takes(long bytes) {
        return run.attaches(id, bytes, MAX_BYTES);
    }

    void attach(String name, String type, String extension, byte[] content) {
        lifecycle.addAttachment(Text.line(name, 120), type, extension, content);
    }
}
