package io.stampede.reports;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where Allure's results go: below the report directory, unless the user has said otherwise. */
final class AllureResults {

    private AllureResults() {}

    private static Path ours() {
        return ReportSettings.directory().resolve("allure-results");
    }

    /** Must come before Allure is first asked for, as it reads the property once. */
    static void redirect() {
        if (AllureTestCase.directorySetByUser() == null) {
            System.setProperty(AllureTestCase.DIRECTORY_PROPERTY, ours().toString());
        }
    }

    static Path directory() {
        Path set = AllureTestCase.directorySetByUser();
        return set == null ? ours() : set;
    }

    /** Results of an earlier run go, but only from the directory that is ours. */
    static void clear() throws IOException {
        @Nullable Path set = AllureTestCase.directorySetByUser();
        if (set != null && set.equals(ours())) {
            Directories.delete(set);
        }
    }
}
