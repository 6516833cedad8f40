package io.stampede.report.allure;

import io.stampede.report.quiet.OperationCalls;
import io.stampede.report.text.Console;
import io.stampede.report.text.Directories;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where Allure's results go: below the report directory, unless the user has chosen another place. */
final class AllureResults {

    /** As in the allure.properties of this module, which are not the user's choice. */
    private static final Path DEFAULT =
            Path.of("target", "stampede", "allure-results").toAbsolutePath();

    private final ReportSettings settings;
    private final OperationCalls calls;
    private final Console console;
    /** What Allure was told by this object; null as long as it was told nothing. */
    private volatile @Nullable Path told;

    AllureResults(ReportSettings settings, OperationCalls calls, Console console) {
        this.settings = settings;
        this.calls = calls;
        this.console = console;
    }

    private @Nullable Path setByUser() {
        Path set = AllureTestCase.directory();
        return set == null || set.equals(DEFAULT) || set.equals(told) ? null : set;
    }

    private Path ours() {
        return settings.directory().resolve("allure-results");
    }

    /**
     * Must come before Allure is first asked for. No test plan has begun then, and its configuration parameters may name
     * another directory, so results look for theirs when the first is written.
     */
    void redirect() {
        if (setByUser() == null) {
            tell();
        }
        AllureTestCase.writeTo(this::directory, calls, console);
    }

    /** The test plan has begun, so the directory is certain. */
    void settle() {
        if (setByUser() == null) {
            tell();
        }
    }

    private void tell() {
        Path directory = ours();
        told = directory;
        System.setProperty(AllureTestCase.DIRECTORY_PROPERTY, directory.toString());
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
