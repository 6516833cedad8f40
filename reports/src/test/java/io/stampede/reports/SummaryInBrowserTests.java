package io.stampede.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The summary of a load test as a browser shows it. */
class SummaryInBrowserTests {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    @Test
    void showsTheVerdict() throws Exception {
        Samples.Sample sample = Samples.spike();
        Path file = Files.writeString(work.resolve("summary.html"), HtmlSummary.of(sample.result(), sample.verdict()));
        try (Chromium chromium = Chromium.open()) {
            Page page = chromium.page(Chromium.Screen.DESKTOP, false);
            page.navigate(file.toUri().toString());

            assertThat(page.locator("table.verdict").first().innerText())
                    .contains(sample.verdict().rows().get(0).metric());
            assertThat(chromium.errors()).isEmpty();
            assertThat(chromium.strangers()).isEmpty();
        }
    }
}
