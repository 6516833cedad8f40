package io.stampede.report.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.stampede.metric.Band;
import io.stampede.report.readiness.Evidence.MissedTarget;
import io.stampede.report.readiness.Evidence.Outcome;
import io.stampede.report.testing.Chromium;
import io.stampede.report.text.Links;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The readiness checklist as a browser shows it. */
@Tag("browser")
class ReadinessInBrowserTests {

    private static final Instant NOW = Instant.parse("2026-05-04T10:20:30Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    @ParameterizedTest
    @CsvSource({"DESKTOP,false", "DESKTOP,true", "PHONE,false", "PHONE,true"})
    void showsEachLineWithItsStatusAndFitsTheScreen(Chromium.Screen screen, boolean dark) throws Exception {
        Checklist checklist = checklist("shop");
        try (Chromium chromium = Chromium.open()) {
            Page page = chromium.page(screen, dark);
            page.navigate(write(checklist));

            assertThat(page.locator("header").innerText()).contains("Not ready for production", checklist.counts());
            List<Locator> lines = page.locator("li.line").all();
            assertThat(lines).hasSameSizeAs(checklist.lines());
            for (int i = 0; i < lines.size(); i++) {
                assertThat(lines.get(i).innerText())
                        .contains(checklist.lines().get(i).name())
                        .contains(checklist.lines().get(i).status().label())
                        .contains(checklist.lines().get(i).reason());
            }
            assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .as("nothing is wider than the screen")
                    .isEqualTo(true);
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo(dark ? "rgb(21, 24, 28)" : "rgb(255, 255, 255)");
            assertThat(chromium.errors()).isEmpty();
            assertThat(chromium.strangers()).isEmpty();
        }
    }

    @Test
    void linksToTheEvidence() throws Exception {
        Path summary = Files.createDirectories(work.resolve("load/A spike #1")).resolve("summary.html");
        Files.writeString(summary, "<title>the evidence</title>");
        try (Chromium chromium = Chromium.open()) {
            Page page = chromium.page(Chromium.Screen.DESKTOP, false);
            page.navigate(write(checklist("shop")));

            page.locator("li.line a").first().click();

            assertThat(page.title()).isEqualTo("the evidence");
        }
    }

    @Test
    void textFromOutsideStaysText() throws Exception {
        String nasty = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>'\"&|`";
        try (Chromium chromium = Chromium.open()) {
            Page page = chromium.page(Chromium.Screen.PHONE, false);
            page.navigate(write(checklist(nasty)));

            assertThat(page.title()).isEqualTo("Ready for production?");
            assertThat(page.locator("body").innerText()).contains(nasty);
            assertThat(page.locator("img, script").count()).isZero();
            assertThat(chromium.errors()).isEmpty();
        }
        assertThat(ReadinessMarkdown.of(checklist(nasty + "\n# heading | @someone https://example.org **bold**")))
                .doesNotContain("<img", "<script", "\n# ", "@someone", "https://", "**bold")
                .contains("&#124; &#64;someone https&#58;//example.org");
    }

    private String write(Checklist checklist) throws Exception {
        return Files.writeString(work.resolve("readiness.html"), ReadinessPage.of(checklist, true))
                .toUri()
                .toString();
    }

    private Checklist checklist(String text) {
        String page = Links.relative(work, work.resolve("load/A spike #1/summary.html"));
        return Checklist.of(
                List.of(
                        new Evidence(
                                "a.b.ShopLoadTest#spike",
                                text,
                                List.of("spike"),
                                Outcome.FAILED,
                                "at 0.1 of its size, on " + text,
                                List.of(new MissedTarget(text, Band.CRITICAL, "212 ms", "< 10 ms")),
                                page,
                                "./allure-report/index.html#testresult/1",
                                NOW,
                                null),
                        new Evidence(
                                "a.b.averylongnameofapackagewithoutanyplacetobreakaline.ShopTests#"
                                        + "close".repeat(30),
                                null,
                                List.of("graceful shutdown", Checklist.key(text)),
                                Outcome.PASSED,
                                "",
                                List.of(),
                                null,
                                null,
                                NOW,
                                null)),
                NOW,
                Duration.ofDays(1),
                null);
    }
}
