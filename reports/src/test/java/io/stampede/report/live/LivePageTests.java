package io.stampede.report.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import com.microsoft.playwright.options.LoadState;
import io.stampede.report.allure.LauncherMain;
import io.stampede.report.allure.ShortLoadTestCase;
import io.stampede.report.testing.Chromium;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The live page as a person sees it, while load tests run in another JVM. */
@Tag("browser")
class LivePageTests {

    private static final String ADDRESS = "Stampede: live at ";
    private static final double LONG = 60_000;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatWasStarted() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @CsvSource({"DESKTOP, false", "PHONE, true"})
    void growsWhileTheRunGoesOnAndEndsWithItsResultAndReport(Chromium.Screen screen, boolean dark) throws Exception {
        try (Chromium chromium = Chromium.open()) {
            Page page = chromium.page(screen, dark);
            Process jvm = launch(LiveTestCase.class, "-Dstampede.live=true");
            URI address = address();
            page.navigate(address.toString());

            page.waitForFunction(
                    "() => document.getElementById('name').textContent === 'LiveTestCase.checkout'",
                    null,
                    new WaitForFunctionOptions().setTimeout(LONG));
            grow(page, "figure[data-chart=rate]", "points", 2);
            grow(page, "figure[data-chart=gauge-0]", "points", 1);
            grow(page, "[data-figure=done]", "value", 20);
            for (String chart : List.of("rate", "response", "failures", "gauge-0")) {
                assertThat(paintedPixels(page, chart)).as(chart).isGreaterThan(200);
            }
            assertThat(page.locator("[data-figure=phase]").innerText()).isIn("load", "warm-up");
            assertThat(page.locator("figure[data-chart=gauge-0] h2").innerText())
                    .isEqualTo("<b>in the shop</b>");
            look(page, "live-running-" + screen);

            page.locator("#over").waitFor(new Locator.WaitForOptions().setTimeout(LONG));
            assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).as("the JVM ended").isTrue();
            equalsTheResult(page, "LiveTestCase.checkout");
            assertThat(page.locator("#end .path").allInnerTexts())
                    .containsExactly(
                            file("LiveTestCase.checkout/summary.html").toString(),
                            work.toRealPath()
                                    .resolve("target/stampede/allure-report/index.html")
                                    .toString());
            assertThat((boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as("no scrolling sideways")
                    .isTrue();
            look(page, "live-ended-" + screen);

            Page report =
                    page.context().waitForPage(() -> page.locator("#report").click());
            report.waitForLoadState(LoadState.DOMCONTENTLOADED);
            assertThat(report.locator("header .outcome").innerText()).contains("FAILED");
            assertThat((String) report.evaluate("getComputedStyle(document.querySelector('header')).borderLeftStyle"))
                    .as("styled")
                    .isEqualTo("solid");

            page.locator("#runs button", new Page.LocatorOptions().setHasText("browse"))
                    .click();
            equalsTheResult(page, "LiveTestCase.browse");
            assertThat(chromium.errors()).isEmpty();
            assertThat(chromium.strangers()).isEmpty();
        }
    }

    @Test
    void doesNotHoldTheBuildWhereNobodyLooks() throws Exception {
        Process jvm = launch(ShortLoadTestCase.class, "-Dstampede.live=true");

        assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output()).filteredOn(line -> line.startsWith(ADDRESS)).hasSize(2);
        assertThat(output()).last().asString().startsWith("Allure report: ");
    }

    /** Waits until a number in the page has risen. */
    private static void grow(Page page, String selector, String data, double by) {
        page.waitForFunction(
                "([selector, data]) => document.querySelector(selector)?.dataset[data] > ''",
                List.of(selector, data),
                new WaitForFunctionOptions().setTimeout(LONG));
        double before = number(page, selector, data);
        page.waitForFunction(
                "([selector, data, least]) => +(document.querySelector(selector)?.dataset[data] ?? 0) >= least",
                List.of(selector, data, before + by),
                new WaitForFunctionOptions().setTimeout(LONG));
    }

    private static double number(Page page, String selector, String data) {
        String text = page.locator(selector).getAttribute("data-" + data);
        return text == null || text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }

    private static int paintedPixels(Page page, String chart) {
        return ((Number) page.evaluate(
                        "chart => { const c = document.querySelector(`figure[data-chart=${chart}] canvas`);"
                                + " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                                + " let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; }",
                        chart))
                .intValue();
    }

    private void equalsTheResult(Page page, String name) throws IOException {
        Object parsed = page.evaluate("text => JSON.parse(text)", Files.readString(file(name + "/result.json")));
        Map<?, ?> result = (Map<?, ?>) Objects.requireNonNull(parsed);
        Map<?, ?> times = (Map<?, ?>) Objects.requireNonNull(result.get("responseTime"));
        Map<?, ?> verdict = (Map<?, ?>) Objects.requireNonNull(result.get("verdict"));
        assertThat(page.locator("#verdict").innerText()).isEqualTo(verdict.get("outcome"));
        List<?> reasons = (List<?>) Objects.requireNonNull(verdict.get("reasons"));
        assertThat(page.locator("#reason").allInnerTexts())
                .isEqualTo(reasons.stream().limit(1).toList());
        assertThat(figure(page, "done")).isEqualTo(value(result, "succeeded") + value(result, "failed"));
        assertThat(figure(page, "failed")).isEqualTo(value(result, "failed"));
        assertThat(figure(page, "rate")).isEqualTo(value(result, "throughputPerSecond"));
        assertThat(figure(page, "elapsed")).isEqualTo(value(result, "elapsedNanos") / 1e9);
        assertThat(figure(page, "p50")).isEqualTo(value(times, "p50Nanos"));
        assertThat(figure(page, "p95")).isEqualTo(value(times, "p95Nanos"));
        assertThat(figure(page, "p99")).isEqualTo(value(times, "p99Nanos"));
        assertThat(figure(page, "max")).isEqualTo(value(times, "maxNanos"));
    }

    private static double figure(Page page, String name) {
        return number(page, "[data-figure=" + name + "]", "value");
    }

    private static double value(Map<?, ?> json, String key) {
        return ((Number) Objects.requireNonNull(json.get(key))).doubleValue();
    }

    /** Where {@code SCREENSHOTS} in the environment names a directory, what a person would see is kept there. */
    private static void look(Page page, String name) {
        String directory = System.getenv("SCREENSHOTS");
        if (directory != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(directory, name + ".png"))
                    .setFullPage(true));
        }
    }

    private Path file(String name) throws IOException {
        return work.toRealPath().resolve("target/stampede/load").resolve(name);
    }

    private URI address() {
        return await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> output().stream()
                                .filter(line -> line.startsWith(ADDRESS))
                                .map(line -> URI.create(line.substring(ADDRESS.length())))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private List<String> output() throws IOException {
        Path file = work.resolve("output.txt");
        return Files.exists(file) ? Files.readString(file).lines().toList() : List.of();
    }

    private Process launch(Class<?> testCase, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.awt.headless=true");
        command.add("-Dstampede.validity=off"); // other tests may keep this machine busy
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LauncherMain.class.getName()));
        command.add(testCase.getName());
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("output.txt").toFile())
                .start();
        started.add(process);
        return process;
    }
}
