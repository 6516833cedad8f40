package io.stampede.reports;

import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.util.PropertiesUtils;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The test case that Allure has open in this thread. The only class that knows Allure's API for tests. */
final class AllureTestCase {

    static final String DIRECTORY_PROPERTY = "allure.results.directory";

    private final AllureLifecycle lifecycle;

    private AllureTestCase(AllureLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** Empty where the calling thread runs no test that Allure watches. */
    static Optional<AllureTestCase> current() {
        AllureLifecycle lifecycle = Allure.getLifecycle();
        return lifecycle.getCurrentTestCase().map(id -> new AllureTestCase(lifecycle));
    }

    /** Where Allure was told to write its results; null where nothing was said. */
    static @Nullable Path directory() {
        String directory = PropertiesUtils.loadAllureProperties().getProperty(DIRECTORY_PROPERTY);
        return directory == null || directory.isBlank()
                ? null
                : Path.of(directory.strip()).toAbsolutePath().normalize();
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

    void attach(String name, String type, String extension, byte[] content) {
        lifecycle.addAttachment(Text.line(name, 120), type, extension, content);
    }
}
