package io.stampede.report.allure;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where Allure's results go: below the report directory, unless the user has chosen another place. */
final class AllureResults {

    /** As in the allure.properties of this module, which are not the user's choice. */
    private static final Path DEFAULT =
            Path.of("target", "stampede", "allure-results").toAbsolutePath();

    private final ReportSettings settings;

    AllureResults(ReportSettings settings) {
        this.settings = settings;
    }

    private static @Nullable Path setByUser() {
        Path set = AllureTestCase.directory();
        return set == null || set.equals(DEFAULT) ? null : set;
    }

    private Path ours() {
        return settings.directory().resolve("allure-results");
    }

    /** Must come before Allure is first asked for, since it reads the property once. */
    void redirect() {
        if (setByUser() == null) {
            System.setProperty(AllureTestCase.DIRECTORY_PROPERTY, ours().toString());
        }
    }

    Path directory() {
        Path set = setByUser();
        return set == null ? ours() : set;
    }

    /** Removes results of an earlier run, but only from the directory that is ours. */
    void clear() throws IOException {
        if (directory().equals(ours())) {
            Directories.delete(ours());
        }
    }
}
