package io.stampede.report.summary;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.stampede.report.testing.Chromium;
import io.stampede.report.testing.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The summary of a load test as a browser shows it. */
@Tag("browser")
class SummaryInBrowserTests {

    private static final String WIDER_THAN_THE_PAGE = "() => document.documentElement.scrollWidth - innerWidth";

    /** Pictures that a person may look at. */
    private static final Path SCREENS = Path.of("target", "screens");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    static Path work;

    @SuppressWarnings("NullAway.Init") // JUnit has it set.
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        chromium = Chromium.open();
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void showsTheVerdict() throws Exception {
        Samples.Sample sample = Samples.spike();
        Page page = page(sample, Chromium.Screen.DESKTOP, false);

        assertThat(page.locator("table.verdict").first().innerText())
                .contains(sample.verdict().rows().get(0).label());
        assertThat(chromium.errors()).isEmpty();
        assertThat(chromium.strangers()).isEmpty();
        page.context().close();
    }

    @Test
    void fitsEveryScreenInLightAndDark() throws Exception {
        for (Map.Entry<String, Samples.Sample> sample : Samples.all().entrySet()) {
            for (Chromium.Screen screen : Chromium.Screen.values()) {
                boolean dark = screen == Chromium.Screen.PHONE;
                Page page = page(sample.getValue(), screen, dark);
                page.screenshot(
                        new Page.ScreenshotOptions().setPath(SCREENS.resolve(sample.getKey() + "-" + screen + ".png")));

                assertThat(page.evaluate(WIDER_THAN_THE_PAGE))
                        .as("pixels too wide: %s on %s", sample.getKey(), screen)
                        .isEqualTo(0);
                page.context().close();
            }
        }
    }

    @Test
    void chartsTakeTheColoursOfThePage() throws Exception {
        List<Object> inks = new ArrayList<>();
        for (boolean dark : new boolean[] {false, true}) {
            Page page = page(Samples.endurance(), Chromium.Screen.DESKTOP, dark);
            inks.add(page.evaluate("() => getComputedStyle(document.querySelector('svg.plot text')).fill"));
            inks.add(page.evaluate(
                    "() => getComputedStyle(document.querySelector('svg.plot [stroke^=\"var(--s1\"]')).stroke"));
            inks.add(page.evaluate("() => getComputedStyle(document.body).backgroundColor"));
            page.context().close();
        }

        assertThat(inks)
                .containsExactly(
                        "rgb(85, 85, 85)",
                        "rgb(0, 114, 178)",
                        "rgb(255, 255, 255)",
                        "rgb(169, 177, 186)",
                        "rgb(86, 180, 255)",
                        "rgb(21, 24, 28)");
    }

    @Test
    void everyChartHasTitledAxesAndStaysWithinItsFrame() throws Exception {
        for (Samples.Sample sample : Samples.all().values()) {
            Page page = page(sample, Chromium.Screen.PHONE, false);
            int charts = page.locator("svg.plot").count();

            assertThat(page.locator("svg.plot .axis-title-x").count()).isEqualTo(charts);
            assertThat(page.locator("svg.plot .axis-title-y").count()).isEqualTo(charts);
            assertThat(
                            page.evaluate(
                                    "() => [...document.querySelectorAll('svg.plot')].filter(svg =>"
                                            + " svg.getBoundingClientRect().right > innerWidth || !svg.textContent.includes('s')).length"))
                    .isEqualTo(0);
            page.context().close();
        }
    }

    private static Page page(Samples.Sample sample, Chromium.Screen screen, boolean dark) throws Exception {
        Path file = Files.writeString(
                Files.createTempFile(work, "summary", ".html"),
                HtmlSummary.of(sample.result(), sample.verdict(), null));
        Page page = chromium.page(screen, dark);
        page.navigate(file.toUri().toString());
        return page;
    }
}
