package io.stampede.report.allure;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.report.text.Directories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllureReportTests {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    @Test
    void runLeavesOnePageThatLoadsNothingFromElsewhere() throws Exception {
        // With nothing but what a build has: its directory, and what service loaders find.
        List<String> output = OwnJvm.run(work, ReportedTestCase.class);

        Path page = work.resolve("target/stampede/allure-report/index.html").toRealPath();
        assertThat(output.get(output.size() - 1)).isEqualTo("Allure report: " + page);
        String html = Files.readString(page);
        assertThat(html).doesNotContain("googletagmanager", "gtag('config'").contains("Content-Security-Policy");
        assertThat(html).doesNotContainPattern("(?:src|href)=\"(?:https?:)?//");
        assertThat(embedded(html, "widgets/summary.json"))
                .contains("\"failed\":4") // the readiness checklist is one
                .contains("\"skipped\":1", "\"passed\":2");
        assertThat(embedded(html, "widgets/environment.json")).contains("EMBEDDED (no Docker engine answered)");
        assertThat(embedded(html, "data/categories.json"))
                .contains("Performance target missed", "Invalid run: the load generator was at fault");

        String results = allResults();
        assertThat(results)
                .contains("\"name\":\"response time p99\"", "\"excluded\":true", "Load test summary")
                .contains("a burst every 5 s", "ShopLoadTest.rampUp: response time p95");
        Path load = work.resolve("target/stampede/load/ShopLoadTest.spike");
        assertThat(load.resolve("summary.html")).isNotEmptyFile();
        assertThat(load.resolve("result.json")).content().contains("\"schema\":1");
        assertThat(load.resolve("series.csv")).isNotEmptyFile();
        assertThat(load.resolve("gauges.csv")).isNotEmptyFile();
        assertThat(load.resolve("intervals.hlog")).content().startsWith("#[");
    }

    @Test
    void nextRunReplacesResultsAndContinuesTheTrend() throws Exception {
        launch(ReportedTestCase.class);
        long before = resultFiles();

        launch(ReportedTestCase.class);

        assertThat(resultFiles()).isEqualTo(before);
        assertThat(trendPoints()).isEqualTo(2);
    }

    @Test
    void trendOutlivesACleanBuild() throws Exception {
        launch(ReportedTestCase.class);
        assertThat(trendPoints()).isEqualTo(1);
        Directories.delete(work.resolve("target"));

        launch(ReportedTestCase.class);

        assertThat(trendPoints()).isEqualTo(2);
        assertThat(embedded(page(), "widgets/history-trend.json")).contains("\"failed\":4");
        assertThat(embedded(page(), "history/history.json")).contains("\"status\":\"failed\"");
    }

    @Test
    void trendIsKeptWhereTheUserWantsItAndIsBounded() throws Exception {
        Path kept = Files.createDirectories(work.resolve("cache/trend"));
        String point = "{\"data\":{\"failed\":0,\"broken\":0,\"skipped\":0,\"passed\":1,\"unknown\":0,\"total\":1}}";
        Files.writeString(
                kept.resolve("history-trend.json"),
                "[" + String.join(",", java.util.Collections.nCopies(40, point)) + "]");

        launch(ReportedTestCase.class, "-Dstampede.allure.history.dir=cache/trend");

        assertThat(kept.resolve("history.json")).exists();
        assertThat(trendPoints()).isBetween(2, 21);
        assertThat(work.resolve(".stampede")).doesNotExist();
    }

    private int trendPoints() throws IOException {
        return embedded(page(), "widgets/history-trend.json").split("\"total\":", -1).length - 1;
    }

    private String page() throws IOException {
        return Files.readString(work.resolve("target/stampede/allure-report/index.html"));
    }

    @Test
    void respectsTheUsersOwnResultsDirectoryAndLeavesItsFiles() throws Exception {
        Path own = Files.createDirectories(work.resolve("own"));
        Files.writeString(own.resolve("kept.txt"), "kept");

        launch(ReportedTestCase.class, "-Dallure.results.directory=own", "-Dstampede.report.dir=elsewhere");

        assertThat(own.resolve("kept.txt")).exists();
        assertThat(own.resolve("categories.json")).exists();
        assertThat(work.resolve("elsewhere/allure-report/index.html")).exists();
        assertThat(work.resolve("target")).doesNotExist();
    }

    @Test
    void writesAllWhereTheBuildsConfigurationParametersSay() throws Exception {
        // Within this JVM, the parameters would be those of the plan around.
        OwnJvm.run(work, ReportedTestCase.class, "-Dparameter.stampede.report.dir=of-the-pom");

        assertThat(work.resolve("of-the-pom/allure-report/index.html")).exists();
        assertThat(work.resolve("of-the-pom/allure-results/categories.json")).exists();
        assertThat(work.resolve("of-the-pom/load/ShopLoadTest.spike/summary.html"))
                .exists();
        assertThat(embedded(Launch.read(work.resolve("of-the-pom/allure-report/index.html")), "widgets/summary.json"))
                .contains("\"failed\":4");
        assertThat(work.resolve("target")).doesNotExist();
    }

    @Test
    void takesTheCommandLineBeforeTheBuildsConfigurationParameters() throws Exception {
        OwnJvm.run(
                work,
                ReportedTestCase.class,
                "-Dparameter.stampede.report.dir=of-the-pom",
                "-Dstampede.report.dir=of-the-command",
                "-Dparameter.stampede.report.html=false");

        assertThat(work.resolve("of-the-command/allure-results/load-perf.json")).exists();
        assertThat(work.resolve("of-the-command/allure-report")).doesNotExist();
        assertThat(work.resolve("of-the-pom")).doesNotExist();
        assertThat(work.resolve("target")).doesNotExist();
    }

    @Test
    void makesNoReportWhereNoLoadTestRan() throws Exception {
        List<String> output = launch(UnreportedTestCase.class);

        assertThat(output).noneMatch(line -> line.startsWith("Allure report"));
        assertThat(work.resolve("target/stampede/allure-report")).doesNotExist();
    }

    @Test
    void makesNoPageWhereItIsTurnedOff() throws Exception {
        launch(ReportedTestCase.class, "-Dstampede.report.html=false");

        assertThat(work.resolve("target/stampede/allure-report")).doesNotExist();
        assertThat(work.resolve("target/stampede/allure-results/load-perf.json"))
                .exists();
    }

    @Test
    void errorsInReportingArePrintedAndFailNothing() throws Exception {
        Files.writeString(work.resolve("blocked"), "a file where a directory should be");

        List<String> output = launch(ReportedTestCase.class, "-Dstampede.report.dir=blocked");

        assertThat(output).anyMatch(line -> line.startsWith("Stampede report: ") && line.contains("blocked"));
    }

    @Test
    void strippingTakesForeignScriptsAndLeavesTheRest() {
        String page = "<head><script async src=\"https://www.googletagmanager.com/gtag/js?id=G\"></script>"
                + "<script src=\"data:text/javascript;base64,AA==\"></script></head>";

        assertThat(AllureReport.secluded(page))
                .doesNotContain("googletagmanager")
                .contains("<script src=\"data:text/javascript;base64,AA==\"></script>");
    }

    private List<String> launch(Class<?> testCase, String... options) {
        return Launch.of(work, testCase, options);
    }

    private long resultFiles() throws IOException {
        try (Stream<Path> files = Files.list(work.resolve("target/stampede/allure-results"))) {
            return files.filter(file -> file.toString().endsWith("-result.json"))
                    .count();
        }
    }

    private String allResults() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(work.resolve("target/stampede/allure-results"))) {
            files.filter(file -> file.toString().endsWith("-result.json"))
                    .forEach(file -> all.append(Launch.read(file)));
        }
        return all.toString();
    }

    private static String embedded(String html, String name) {
        Matcher matcher = Pattern.compile("d\\('" + Pattern.quote(name) + "','([^']*)'\\)")
                .matcher(html);
        assertThat(matcher.find()).as(name + " is in the page").isTrue();
        return new String(Base64.getDecoder().decode(matcher.group(1)), StandardCharsets.UTF_8);
    }
}
