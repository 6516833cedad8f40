package io.stampede.report.allure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import io.stampede.report.testing.Chromium;
import io.stampede.report.testing.Samples;
import io.stampede.report.text.Directories;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Has Allure 3 make its report of a run, and opens it. Skipped where {@code ALLURE3_HOME} does not name a directory in which
 * {@code npm install allure@3 node@22} was run.
 */
@Tag("browser")
class Allure3Tests {

    private static final String HOME = Objects.requireNonNullElse(System.getenv("ALLURE3_HOME"), "");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    @Test
    void showsTestsAttachmentsFiguresAndTheChecklist() throws Exception {
        Launch.of(work, ReportedTestCase.class);

        Ended made = allure("generate");

        assertThat(made.status()).as(made.output()).isZero();
        String address = work.resolve("target/stampede/allure3-report/index.html")
                .toUri()
                .toString();
        try (Chromium chromium = Chromium.open()) {
            Page page = chromium.page(Chromium.Screen.DESKTOP, false);
            page.setDefaultTimeout(90_000); // megabytes of script, on machines that do other work too
            page.route(url -> url.startsWith("https://www.googletagmanager.com"), route -> route.abort());
            page.navigate(address);
            page.getByText("Ready for production?").first().waitFor();
            assertThat(page.locator("body").innerText())
                    .contains("EMBEDDED (no Docker engine answered)", "spike()", "stress()");

            page.getByText("Ready for production?").first().click();
            page.getByText("Spike: red. 1 failed: ShopLoadTest.spike.").first().waitFor();
            assertThat(page.locator("body").innerText())
                    .contains("Category: Ready for production?", "Endurance: not run.");

            page.navigate(address + "#metrics");
            page.reload();
            page.getByText("Queue time P95 (judged)").first().waitFor();
            String figures = page.locator("body").innerText();
            for (Allure3Metric metric : List.of(spike("response_p95_ms"), spike("throughput_per_s"))) {
                assertThat(figures).contains(metric.title());
                assertThat(figures).contains(shown(metric.value()) + " " + metric.unit());
            }
            assertThat(figures).as("figures of an invalid run").doesNotContain("late Generator");
        }
    }

    @Test
    void summaryIsShownWithoutScripts() throws Exception {
        Launch.of(work, ReportedTestCase.class);
        allure("generate");
        try (Chromium chromium = Chromium.open()) {
            Page page = chromium.page(Chromium.Screen.DESKTOP, false);
            page.setDefaultTimeout(90_000); // megabytes of script, on machines that do other work too
            page.route(url -> url.startsWith("https://www.googletagmanager.com"), route -> route.abort());
            page.navigate(work.resolve("target/stampede/allure3-report/index.html")
                    .toUri()
                    .toString());
            page.getByText("spike()").first().click();
            page.getByText("Load test summary").first().click();

            assertThat(page.frameLocator("iframe[title='HTML attachment']")
                            .locator("h1")
                            .first()
                            .innerText())
                    .contains("ShopLoadTest.spike");
        }
    }

    @Test
    void gateFailsWhereAFigureIsBeyondItsTargetAndPassesWhereAllKeepTheirs() throws Exception {
        Launch.of(work, ReportedTestCase.class);

        Ended failed = allure("quality-gate");

        assertThat(failed.status()).as(failed.output()).isEqualTo(1);
        assertThat(failed.output())
                .contains("Queue time P95 (judged)", "212 ms", "20 ms")
                .contains("ShopLoadTest.spike.judged_queue_time_p95/metricMax")
                .doesNotContain("ShopLoadTest.basic");

        Directories.delete(work.resolve("target"));
        Launch.of(work, EvidenceLoadTestCase.class);

        Ended passed = allure("quality-gate");

        assertThat(passed.status()).as(passed.output()).isZero();
    }

    private static Allure3Metric spike(String key) {
        Samples.Sample sample = Samples.spike();
        return Allure3Metric.of(sample.result(), sample.verdict(), "ShopLoadTest.spike").stream()
                .filter(metric -> metric.key().endsWith(key))
                .findFirst()
                .orElseThrow();
    }

    /** As Allure 3 writes numbers. */
    private static String shown(double value) {
        return BigDecimal.valueOf(value)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private record Ended(int status, String output) {}

    private Ended allure(String command) throws IOException, InterruptedException {
        Path modules = Path.of(HOME, "node_modules");
        assumeTrue(
                !HOME.isEmpty() && Files.exists(modules.resolve("allure/cli.js")),
                "no Allure 3: run npm install allure@3 node@22 in a directory, and name it in ALLURE3_HOME");
        List<String> line = new ArrayList<>();
        line.add(modules.resolve(".bin/node").toString());
        line.add(modules.resolve("allure/cli.js").toString());
        line.addAll(List.of(
                command,
                "--config",
                work.resolve("target/stampede/allurerc.mjs").toString()));
        Path output = work.resolve("allure.txt");
        Process process = new ProcessBuilder(line)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ended within two minutes").isTrue();
        return new Ended(process.exitValue(), Files.readString(output));
    }
}
