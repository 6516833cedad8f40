package io.stampede.report.allure;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.stampede.report.testing.Chromium;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Allure gets of results that are large, or whose texts are up to no good, and how its page shows them. */
@Tag("browser")
class AllurePageTests {

    private static final Pattern SOURCE = Pattern.compile("\"source\":\"([^\"]+)\"");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    static Path work;

    private static List<String> output = List.of();

    @BeforeAll
    static void run() throws Exception {
        output = Launch.of(work, HeavyTestCase.class);
    }

    @Test
    void noResultIsLargerThanTwoMegabytesWithItsAttachments() throws Exception {
        Path results = work.resolve("target/stampede/allure-results");
        for (String test : List.of("worst", "manyRunsInOneTest", "nasty")) {
            String json = result(test);
            long bytes = json.getBytes(StandardCharsets.UTF_8).length;
            int attachments = 0;
            for (Matcher source = SOURCE.matcher(json); source.find(); attachments++) {
                bytes += Files.size(results.resolve(source.group(1)));
            }

            assertThat(bytes).as(test).isLessThan(2_000_000);
            assertThat(attachments).as(test).isPositive();
        }
        assertThat(result("worst")).contains("Load test summary", "Result (JSON)", "Series (CSV)");
        assertThat(output).anyMatch(line -> line.contains(" is not attached: with it the test's result would be"));
    }

    @Test
    void theFileHasWholeWhatIsCutInTheAttachment() throws Exception {
        Path file = work.resolve("target/stampede/load/ShopLoadTest.worst/result.json");

        assertThat(Files.size(file)).isGreaterThan(2_000_000);
    }

    @Test
    void stepsOfARunAreStepsOfTheTest() throws Exception {
        String worst = result("worst");
        String many = result("manyRunsInOneTest");

        assertThat(worst.split("\"name\":\"response time p95\"", -1)).hasSizeBetween(41, 42);
        assertThat(many).contains("\"name\":\"load\"", "\"name\":\"ShopLoadTest.sustained\"");
    }

    @Test
    void showsTextsThatAreUpToNoGoodAsTexts() throws Exception {
        List<String> dialogs = new ArrayList<>();
        try (Chromium chromium = Chromium.open()) {
            Page page = chromium.page(Chromium.Screen.DESKTOP, false);
            page.onDialog(dialog -> {
                dialogs.add(dialog.message());
                dialog.dismiss();
            });
            page.navigate(
                    work.resolve("target/stampede/allure-report/index.html").toUri() + "#suites");
            openTest(page, "nasty()");
            page.locator(".test-result").first().waitFor();
            assertThat(page.locator(".test-result").first().innerText()).contains("<script>alert('x')</script>");
            assertHarmless(page.mainFrame());

            Locator summary = page.getByText("Load test summary").first();
            summary.click();
            Frame frame = attachment(page);
            assertThat(frame.locator("h1").innerText()).startsWith("<script>alert('x')</script> & \"quoted\" ␀␛[31m␇");
            assertHarmless(frame);

            for (Path directory : loads()) {
                page.navigate(directory.resolve("summary.html").toUri().toString());
                assertHarmless(page.mainFrame());
            }
        }
        assertThat(dialogs).isEmpty();
    }

    /** Nothing of what the texts would like to be: no script ran, and no element of theirs is there. */
    private static void assertHarmless(Frame frame) {
        assertThat(frame.locator("img[src=x], b[onclick], i:has-text('&')").count())
                .isZero();
        assertThat(
                        frame.evaluate(
                                "() => [...document.querySelectorAll('script')].filter(s => s.textContent.includes(\"alert('x')\")).length"))
                .isEqualTo(0);
    }

    /** Opens what is folded on the way to it. */
    static void openTest(Page page, String name) {
        page.locator(".node__title").first().waitFor();
        Locator test = page.locator(".node__name", new Page.LocatorOptions().setHasText(name));
        for (int depth = 0; depth < 5 && !test.first().isVisible(); depth++) {
            for (Locator folded :
                    page.locator(".node:not(.node__expanded) > .node__title").all()) {
                if (folded.isVisible()) {
                    folded.click();
                }
            }
        }
        test.first().click();
    }

    private static Frame attachment(Page page) {
        page.locator("iframe").first().waitFor();
        Frame frame = page.frames().get(page.frames().size() - 1);
        frame.locator("h1").waitFor();
        return frame;
    }

    private static List<Path> loads() throws Exception {
        try (Stream<Path> loads = Files.list(work.resolve("target/stampede/load"))) {
            return loads.toList();
        }
    }

    private static String result(String test) throws Exception {
        try (Stream<Path> files = Files.list(work.resolve("target/stampede/allure-results"))) {
            for (Path file : files.filter(path -> path.toString().endsWith("-result.json"))
                    .toList()) {
                String json = Files.readString(file);
                if (json.contains("HeavyTestCase." + test)) {
                    return json;
                }
            }
        }
        throw new AssertionError("No result of " + test);
    }
}
