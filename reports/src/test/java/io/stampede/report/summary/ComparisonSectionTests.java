package io.stampede.report.summary;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.stampede.baseline.Comparison;
import io.stampede.baseline.Measure;
import io.stampede.baseline.Standing;
import io.stampede.internal.baseline.Comparer;
import io.stampede.internal.baseline.Fingerprint;
import io.stampede.internal.baseline.StoredRun;
import io.stampede.report.testing.Chromium;
import io.stampede.report.testing.Samples;
import io.stampede.report.text.Html;
import io.stampede.result.Distribution;
import io.stampede.result.Outcomes;
import io.stampede.verdict.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
public class ComparisonSectionTests {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    @Test
    void isEmptyWhereThereWasNoComparison() {
        Samples.Sample sample = Samples.sustained();

        assertThat(HtmlSummary.of(sample.result(), sample.verdict(), null)).doesNotContain("Against earlier runs");
        assertThat(HtmlSummary.of(sample.result(), with(sample.verdict(), comparison(0, 1)), null))
                .contains("<h2>Against earlier runs</h2>");
    }

    @Test
    void showsWhatChangedInABrowser() throws Exception {
        Comparison comparison = comparison(9, 1.3);
        Samples.Sample sample = Samples.sustained();
        Verdict verdict = with(sample.verdict(), comparison);
        Path file = Files.writeString(work.resolve("summary.html"), HtmlSummary.of(sample.result(), verdict, null));
        try (Chromium chromium = Chromium.open()) {
            for (Chromium.Screen screen : Chromium.Screen.values()) {
                Page page = chromium.page(screen, screen == Chromium.Screen.PHONE);
                page.navigate(file.toUri().toString());

                assertThat(page.locator("p.comparison").innerText())
                        .startsWith("▼ SLOWER Against the last 9 runs: response time p50 +")
                        .endsWith("slower, error rate 2 %.");
                String row = page.locator("tr:has-text('response time p95'):has(td.band)")
                        .innerText();
                assertThat(row).contains("▼ slower").contains("30 ms").contains("+30");
                assertThat(page.locator("figure:has-text('The last 10 runs') svg")
                                .count())
                        .isEqualTo(1);
            }
            assertThat(chromium.errors()).isEmpty();
            assertThat(chromium.strangers()).isEmpty();
        }
    }

    @Test
    void saysThatThereAreNotEnoughRunsYet() {
        String html = section(comparison(3, 1));

        assertThat(html).contains("? NOT ENOUGH RUNS</b> Not enough runs yet: 3 of the 5");
        assertThat(html).doesNotContain("<table").contains("The last 4 runs");
    }

    @Test
    void drawsNothingOfAFirstRun() {
        assertThat(section(comparison(0, 1)))
                .contains("No earlier run to compare with.")
                .doesNotContain("<svg");
    }

    @Test
    void makesTextFromOutsideHarmless() {
        Comparison nasty = new Comparison(
                Comparison.State.NOT_ENOUGH_RUNS,
                "<script>alert(1)</script>",
                List.of(),
                0,
                5,
                0.02,
                0.05,
                List.of(
                        new Comparison.Point(START, "<b>&\u0000", Map.of(Measure.P50, 1e6), Standing.SAME, true),
                        new Comparison.Point(START, "\"'><i>", Map.of(Measure.P50, 2e6), Standing.SAME, false)),
                List.of("<img src=x onerror=alert(1)>"));

        assertThat(section(nasty))
                .doesNotContain("<script", "<img", "<b>&", "<i>")
                .contains("&lt;script&gt;alert(1)", "&lt;img src=x");
    }

    @Test
    void namesACommitIfItChangedAndElseTheTime() {
        Comparison comparison = new Comparison(
                Comparison.State.NOT_ENOUGH_RUNS,
                "",
                List.of(),
                0,
                5,
                0.02,
                0.05,
                List.of(
                        point(1, "a".repeat(40)),
                        point(2, "a".repeat(40)),
                        point(3, "b".repeat(40)),
                        point(4, "a".repeat(40)),
                        point(5, null)),
                List.of());

        assertThat(section(comparison))
                .contains(">aaaaaaa…<", ">01-04 03:04<", ">bbbbbbb…<", ">01-07 03:04<")
                .doesNotContain("01-03 03:04", "01-05 03:04", "01-06 03:04");
    }

    private static Comparison.Point point(int day, @Nullable String commit) {
        Instant at = START.plus(Duration.ofDays(day));
        return new Comparison.Point(at, commit, Map.of(Measure.P50, 1e6), Standing.SAME, true);
    }

    private static String section(Comparison comparison) {
        Html html = new Html();
        new ComparisonSection(comparison, new SummaryWriter(html)).write();
        return html.toString();
    }

    /** So many runs whose times differ by a few percent, and one that takes {@code factor} times as long. */
    public static Comparison comparison(int runs, double factor) {
        List<StoredRun> earlier = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            earlier.add(run(i, 1 + 0.02 * (i % 3 - 1)));
        }
        return Comparer.compare(run(runs, factor), earlier, null, null);
    }

    private static StoredRun run(int day, double factor) {
        return new StoredRun(
                "ShopLoadTest.sustained",
                START.plus(Duration.ofDays(day)),
                new Fingerprint(Map.of("machine", "here")),
                Standing.SAME,
                false,
                Map.of(),
                new Outcomes(6000, 0, Distribution.EMPTY, Distribution.EMPTY),
                Duration.ofSeconds(60),
                Map.of(Measure.P50, 5e6 * factor, Measure.P95, 30e6 / 1.3 * factor, Measure.P99, 40e6 * factor),
                List.of());
    }

    public static Verdict with(Verdict verdict, Comparison comparison) {
        return new Verdict(
                verdict.outcome(), verdict.rows(), verdict.reasons(), verdict.notes(), verdict.generator(), comparison);
    }
}
