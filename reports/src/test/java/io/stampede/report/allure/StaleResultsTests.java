package io.stampede.report.allure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No file says of a build what only the build before has shown. */
class StaleResultsTests {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    @Test
    void classThatCannotBeginLeavesNoResultOfTheBuildBefore() {
        Launch.of(work, BeginsOrNotTestCase.class);
        Path reports = work.resolve("target/stampede");
        assertThat(reports.resolve("load/BeginsOrNotTestCase.load/result.json")).exists();
        assertThat(Launch.read(reports.resolve("allurerc.mjs"))).contains("BeginsOrNotTestCase.load.failed_rows");

        Launch.of(work, BeginsOrNotTestCase.class, "-Dbroken=true");

        assertThat(reports.resolve("load")).doesNotExist();
        assertThat(reports.resolve("allurerc.mjs")).doesNotExist();
        assertThat(reports.resolve("allure-report")).doesNotExist();
        assertThat(Launch.read(reports.resolve("readiness.json")))
                .contains("\"outcome\":\"FAILED\"")
                .doesNotContain("summary.html");
    }

    @Test
    void buildWithoutLoadTestsKeepsTheReportOfTheBuildBefore() {
        Launch.of(work, FirstForkTestCase.class);
        Path reports = work.resolve("target/stampede");

        Launch.of(work, PlainForkTestCase.class);

        assertThat(reports.resolve("load/ShopLoadTest.sustained/result.json")).exists();
        assertThat(reports.resolve("allure-report/index.html")).exists();
    }

    @Test
    void launchesOfOneBuildAddToEachOther() {
        Launch.of(work, FirstForkTestCase.class, "-Dstampede.build=42");
        Launch.of(work, SecondForkTestCase.class, "-Dstampede.build=42");
        Path reports = work.resolve("target/stampede");

        assertThat(reports.resolve("load")).isDirectoryContaining("glob:**/ShopLoadTest.{sustained,endurance}");
        assertThat(Launch.read(reports.resolve("allure-results/load-perf.json")))
                .contains("ShopLoadTest.sustained.response_p95_ms", "ShopLoadTest.endurance.response_p95_ms");
    }
}
