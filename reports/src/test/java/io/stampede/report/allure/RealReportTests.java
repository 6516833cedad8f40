package io.stampede.report.allure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.stampede.report.testing.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reports of real load tests, opened in a browser: what the pages say is what the JSON says. */
@Tag("browser")
class RealReportTests {

    private static final Path SCREENS = Path.of("target", "screens");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    static Path work;

    @SuppressWarnings("NullAway.Init") // JUnit has it set.
    private static Chromium chromium;

    @BeforeAll
    static void run() throws Exception {
        chromium = Chromium.open();
        OwnJvm.run(work, RealLoadTestCase.class);
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"spike", "endurance", "stress"})
    void theSummarySaysWhatTheJsonSays(String test) throws Exception {
        JsonNode json = json(test);
        Files.createDirectories(SCREENS);
        Files.copy(
                load(test).resolve("summary.html"),
                SCREENS.resolve("real-" + test + ".html"),
                StandardCopyOption.REPLACE_EXISTING);
        for (Chromium.Screen screen : Chromium.Screen.values()) {
            Page page = chromium.page(screen, screen == Chromium.Screen.PHONE);
            page.navigate(load(test).resolve("summary.html").toUri().toString());

            assertVerdict(page, json.get("verdict"));
            assertTimes(page, json);
            for (String figure : List.of("planned", "started", "succeeded", "failed", "throughputPerSecond")) {
                assertThat(value(page.locator("dd[data-metric=" + figure + "]").first()))
                        .as(figure)
                        .isCloseTo(json.get(figure).asDouble(), within(1e-6));
            }
            for (JsonNode gauge : json.get("gauges")) {
                assertGauge(page, gauge);
            }
            assertThat(page.locator("details[data-failures]").count())
                    .isEqualTo(json.get("failures").size());
            assertCharts(page);
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(SCREENS.resolve("real-" + test + "-" + screen + ".png")));
            page.context().close();
        }
        assertThat(chromium.errors()).isEmpty();
        assertThat(chromium.strangers()).isEmpty();
    }

    @Test
    void theChartsAreThoseOfTheScenario() throws Exception {
        Page page = chromium.page(Chromium.Screen.DESKTOP, false);

        page.navigate(load("stress").resolve("summary.html").toUri().toString());
        assertThat(titles(page)).contains("Response time by load", "Throughput by load", "Percentiles");
        page.navigate(load("endurance").resolve("summary.html").toUri().toString());
        assertThat(titles(page))
                .contains(
                        "Percentiles",
                        "Response time over time",
                        "Service time over time",
                        "Offered and achieved rate",
                        "Failures over time",
                        "Gauge: queue size",
                        "Processors and garbage collection");
        assertThat(driftInTheChart(page)).as("as it is judged").isEqualTo(driftInTheVerdict(json("endurance")));
        assertThat(page.locator("pre.command").innerText()).contains("-Dit.test=RealLoadTestCase#endurance ");
        page.navigate(load("spike").resolve("summary.html").toUri().toString());
        assertThat(json("spike").get("recovery").get("tookNanos").asLong()).isPositive();
        assertThat(page.locator("figcaption", new Page.LocatorOptions().setHasText("Gauge: queue size"))
                        .innerText())
                .contains("the load ended at", "Short dashes: target < 100.");
        assertThat(page.locator("details[data-failures]").first().innerText())
                .contains("<b>No form</b> for number", "at io.stampede.report.allure.RealLoadTestCase");
        page.context().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DESKTOP", "PHONE"})
    void allureShowsTheTableStepsAndTheSummary(Chromium.Screen screen) throws Exception {
        Page page = chromium.page(screen, false);
        page.navigate(work.resolve("target/stampede/allure-report/index.html").toUri() + "#suites");
        AllurePageTests.openTest(page, "spike(Iteration)");
        Locator test = page.locator(".test-result").first();
        test.waitFor();

        String shown = test.innerText();
        for (JsonNode row : json("spike").get("verdict").get("rows")) {
            assertThat(shown)
                    .contains(row.get("metric").asString(), row.get("actual").asString());
        }
        assertThat(shown).contains("Recovery");
        page.getByText("Load test summary").first().click();
        page.locator("iframe").first().waitFor();
        Frame summary = page.frames().get(page.frames().size() - 1);
        summary.locator("h1").waitFor();
        assertThat(summary.locator("h1").innerText()).isEqualTo("RealLoadTestCase.spike");
        page.context().close();
    }

    private static void assertVerdict(Page page, JsonNode verdict) {
        List<Locator> rows = page.locator("tr[data-band]").all();
        assertThat(rows).hasSize(verdict.get("rows").size());
        for (int i = 0; i < rows.size(); i++) {
            JsonNode row = verdict.get("rows").get(i);
            assertThat(rows.get(i).getAttribute("data-band"))
                    .isEqualTo(row.get("band").asString());
            assertThat(rows.get(i).innerText())
                    .contains(row.get("metric").asString(), row.get("actual").asString());
            assertThat(value(rows.get(i).locator("td.actual")))
                    .isEqualTo(row.get("value").isNumber() ? row.get("value").asDouble() : Double.NaN);
        }
        assertThat(page.locator(".outcome").innerText())
                .contains(verdict.get("outcome").asString());
    }

    private static void assertTimes(Page page, JsonNode json) {
        for (String times : List.of("responseTime", "serviceTime", "lag")) {
            for (String figure : List.of("p50Nanos", "p95Nanos", "p99Nanos", "maxNanos", "count")) {
                Locator cell = page.locator("tr[data-times=" + times + "] td[data-metric=" + figure + "]");
                assertThat(value(cell))
                        .as(times + "." + figure)
                        .isCloseTo(json.get(times).get(figure).asDouble(), within(1e-6));
                assertThat(nanos(figure, cell.innerText()))
                        .as("as people read " + times + "." + figure)
                        .isCloseTo(json.get(times).get(figure).asDouble(), within(0.006 * value(cell) + 1));
            }
        }
    }

    /** Back from what is printed: three digits and a unit. */
    private static double nanos(String figure, String shown) {
        String[] words = shown.strip().replace(",", "").split(" ", -1);
        Map<String, Double> units = Map.of("ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9);
        return Double.parseDouble(words[0]) * (figure.equals("count") ? 1 : units.getOrDefault(words[1], Double.NaN));
    }

    private static void assertGauge(Page page, JsonNode gauge) {
        Locator row = page.locator("tr[data-gauge='" + gauge.get("name").asString() + "']");
        for (String figure : List.of("min", "mean", "max", "last", "samples")) {
            JsonNode value = gauge.get(figure);
            String shown = row.locator("td[data-metric=" + figure + "]").getAttribute("data-value");
            if (value.isNull()) {
                assertThat(shown).isNull();
            } else {
                assertThat(Double.parseDouble(shown)).isCloseTo(value.asDouble(), within(1e-6));
            }
        }
    }

    private static void assertCharts(Page page) {
        int charts = page.locator("svg.plot").count();
        assertThat(charts).isGreaterThan(1);
        assertThat(page.locator("svg.plot .axis-title-x").count()).isEqualTo(charts);
        assertThat(page.locator("svg.plot .axis-title-y").count()).isEqualTo(charts);
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                .as("pixels too wide")
                .isEqualTo(0);
    }

    private static List<String> titles(Page page) {
        return page.locator("figcaption b").allInnerTexts();
    }

    private static double value(Locator cell) {
        String value = cell.getAttribute("data-value");
        return value == null ? Double.NaN : Double.parseDouble(value);
    }

    private static Path load(String test) {
        return work.resolve("target/stampede/load/RealLoadTestCase." + test);
    }

    /** The p95 of both quarters, as the caption has them. */
    private static List<String> driftInTheChart(Page page) {
        return quarters(
                "p95 of the first quarter, (.+?), and of the last, (.+)\\.",
                page.locator("body").innerText());
    }

    private static List<String> driftInTheVerdict(JsonNode json) {
        for (JsonNode row : json.get("verdict").get("rows")) {
            if (row.get("metric").asString().equals("Response time drift")) {
                return quarters(
                        "p95 (.+?) in the first quarter, (.+) in the last",
                        row.get("note").asString());
            }
        }
        throw new AssertionError("no row of drift in " + json.get("verdict"));
    }

    private static List<String> quarters(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return List.of(found.group(1), found.group(2));
    }

    private static JsonNode json(String test) throws Exception {
        return JsonMapper.shared().readTree(Files.readString(load(test).resolve("result.json")));
    }
}
