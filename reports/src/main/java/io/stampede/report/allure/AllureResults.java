package io.stampede.report.allure;

import io.stampede.report.text.Directories;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where Allure's results go: below the report directory, unless the user has said otherwise. */
final class AllureResults {

    /** As in the allure.properties of this module, which says nothing of what the user wants. */
    private static final Path DEFAULT =
            Path.of("target", "stampede", "allure-results").toAbsolutePath();

    private AllureResults() {}

    private static @Nullable Path setByUser() {
        Path set = AllureTestCase.directory();
        return set == null || set.equals(DEFAULT) ? null : set;
    }

    private static Path ours() {
        return ReportSettings.directory().resolve("allure-results");
    }

    /** Must come before Allure is first asked for, as it reads the property once. */
    static void redirect() {
        if (setByUser() == null) {
            System.setProperty(AllureTestCase.DIRECTORY_PROPERTY, ours().toString());
        }
    }

    static Path directory() {
        Path set = setByUser();
        return set == null ? ours() : set;
    }

    /** Results of an earlier run go, but only from the directory that is ours. */
    static void clear() throws IOException {
        if (directory().equals(ours())) {
            Directories.delete(ours());
        }
    }
}
