package io.stampede.report.allure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong, or cannot be reported, is said once and not a thousand times. */
class QuietTests {

    private static final String NO_PAGE = "-Dstampede.report.html=false";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    @Test
    void leavesOutWhatOperationsSayToAllure() throws Exception {
        List<String> output = OwnJvm.run(work, AllureCallsTestCase.class, NO_PAGE, "-Dstampede.validity=off");

        assertThat(output).noneMatch(line -> line.contains("ERROR") || line.contains("AllureLifecycle"));
        assertThat(output)
                .filteredOn(line -> line.contains("called Allure in its operations"))
                .singleElement()
                .asString()
                .startsWith("Stampede report: \"AllureCallsTestCase.load\"")
                .contains(", 40 times"); // five operations on two threads each
        String results = content(file -> file.endsWith("-result.json"));
        assertThat(results)
                .contains("step in a plain test", "nested in a later test", "attached in a later test")
                .doesNotContain("in an operation", "on another thread");
        assertThat(content(file -> file.contains("-attachment")))
                .contains("text in a plain test", "text in a later test")
                .doesNotContain("text in an operation", "text on another thread");
    }

    @Test
    void saysOnceThatFilesCannotBeWritten() throws Exception {
        Files.writeString(work.resolve("blocked"), "a file where a directory should be");

        List<String> output = OwnJvm.run(
                work, ShortLoadTestCase.class, "-Dstampede.report.dir=blocked/below", "-Dstampede.validity=off");

        assertThat(output) // on a busy machine it may miss its targets
                .filteredOn(line -> line.matches("(PASSED|FAILED) ShortLoadTestCase.*"))
                .hasSize(2);
        for (String test : List.of("first", "second")) {
            assertThat(output)
                    .filteredOn(line -> line.startsWith("Stampede report: \"ShortLoadTestCase." + test + "\""))
                    .singleElement()
                    .asString()
                    .contains("could not be written to " + work.toRealPath().resolve("blocked/below/load"));
        }
        assertThat(output)
                .filteredOn(line -> line.startsWith("Stampede report: "))
                .hasSizeLessThanOrEqualTo(7);
        assertThat(output)
                .filteredOn(line -> line.matches("(java|io)\\.\\S*(Exception|Error)\\b.*"))
                .hasSize(1);
    }

    @Test
    void printsNothingOfAMissingLoggingProvider() throws Exception {
        String path = System.getProperty("java.class.path");
        try {
            System.setProperty(
                    "java.class.path",
                    String.join(
                            System.getProperty("path.separator"),
                            Stream.of(path.split(System.getProperty("path.separator")))
                                    .filter(entry -> !entry.contains("slf4j-simple"))
                                    .toList()));
            assertThat(OwnJvm.run(work, UnreportedTestCase.class)).noneMatch(line -> line.contains("SLF4J"));
            assertThat(OwnJvm.run(work, UnreportedTestCase.class, "-Dslf4j.internal.verbosity=WARN"))
                    .anyMatch(line -> line.contains("No SLF4J providers were found"));
        } finally {
            System.setProperty("java.class.path", path);
        }
    }

    private String content(Predicate<String> wanted) throws IOException {
        try (Stream<Path> files = Files.list(work.resolve("target/stampede/allure-results"))) {
            StringBuilder all = new StringBuilder();
            files.filter(file -> wanted.test(file.toString())).forEach(file -> all.append(Launch.read(file)));
            return all.toString();
        }
    }
}
