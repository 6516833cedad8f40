package io.stampede.reports;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where Allure's results go: below the report directory, unless the user has said otherwise. */
final class AllureResults {

    /** As in the allure.properties of this module, which says nothing of what the user wants. */
    private static final Path DEFAULT =
            Path.of("target", "stampede", "allure-results").toAbsolutePath();

    /** What Allure was told by this class; null as long as it was told nothing. */
    private static volatile @Nullable Path told;

    private AllureResults() {}

    private static @Nullable Path setByUser() {
        Path set = AllureTestCase.directory();
        return set == null || set.equals(DEFAULT) || set.equals(told) ? null : set;
    }

    private static Path ours() {
        return ReportSettings.directory().resolve("allure-results");
    }

    /**
     * Must come before Allure is first asked for. No test plan has begun then, and its configuration parameters may name
     * another directory, so results look for theirs when the first is written.
     */
    static void redirect() {
        if (setByUser() == null) {
            tell();
            AllureTestCase.writeTo(AllureResults::directory);
        }
    }

    /** The test plan has begun, so the directory is certain. */
    static void settle() {
        if (setByUser() == null) {
            tell();
        }
    }

    private static void tell() {
        Path directory = ours();
        told = directory;
        System.setProperty(AllureTestCase.DIRECTORY_PROPERTY, directory.toString());
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
