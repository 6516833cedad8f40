package io.stampede.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import io.stampede.report.testing.Chromium;
import io.stampede.report.testing.Samples;
import io.stampede.result.Distribution;
import io.stampede.result.GaugeSeries;
import io.stampede.result.Outcomes;
import io.stampede.result.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the live page makes of what it is told, by runs that are told by hand. */
@Tag("browser")
class LivePageInBrowserTests {

    private static final double LONG = 60_000;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private Chromium chromium;

    @BeforeEach
    void open() {
        chromium = Chromium.open();
    }

    @AfterEach
    void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void beginsAnewWhereAnotherJvmAnswersAtTheSamePort() throws Exception {
        Page page = chromium.page(Chromium.Screen.DESKTOP, false);
        int port;
        try (LivePage first = LivePage.open(0)) {
            port = first.address().getPort();
            LiveRun run = begin(first, Samples.basic());
            tell(run, 1, 40);
            run.reported(Files.writeString(work.resolve("first.html"), "<p>the first</p>"));
            run.finished(Samples.basic().result(), Samples.basic().verdict());
            tell(begin(first, Samples.spike()), 1, 30);
            page.navigate(first.address().toString());
            until(page, "document.querySelector('figure[data-chart=rate]')?.dataset.points === '30'");
            page.locator("#runs button").last().click(); // a run that the other JVM has not
            page.locator("#report[href^=blob]").waitFor();
        }

        try (LivePage second = LivePage.open(port)) {
            LiveRun run = begin(second, Samples.sustained());
            tell(run, 1, 2);
            until(page, "document.querySelector('figure[data-chart=rate]')?.dataset.points === '2'");

            assertThat(page.locator("#name").innerText()).isEqualTo("ShopLoadTest.sustained");
            assertThat(page.locator("#verdict").count()).isZero();
            assertThat(page.locator("#connection").innerText()).isEmpty();
            assertThat(page.locator("#runs button").count()).as("runs").isEqualTo(1);

            tell(run, 3, 3);
            run.reported(Files.writeString(work.resolve("second.html"), "<p>the second</p>"));
            run.finished(Samples.sustained().result(), Samples.sustained().verdict());
            page.locator("#report[href^=blob]").waitFor(new Locator.WaitForOptions().setTimeout(LONG));
            assertThat(page.locator("figure[data-chart=rate]").getAttribute("data-points"))
                    .isEqualTo("3");
            Page report =
                    page.context().waitForPage(() -> page.locator("#report").click());
            assertThat(report.locator("p").innerText()).isEqualTo("the second");
        }
    }

    @Test
    void followsALongRunAsAFreshPageShowsItAndItsNewestHalfSecond() throws Exception {
        try (LivePage live = LivePage.open(0)) {
            LiveRun run = begin(live, Samples.sustained());
            Page page = chromium.page(Chromium.Screen.DESKTOP, false);
            page.navigate(live.address().toString());
            for (int half = 1; half <= 1203; half += 50) {
                tell(run, half, Math.min(1203, half + 49));
                until(page, "document.querySelector('[data-figure=done]')?.dataset.value >= " + half * 10);
            }
            run.progress(snapshot(1204, 12_034)); // 4 in half a second, where a point is of 4 half seconds
            until(page, "document.querySelector('[data-figure=done]').dataset.value === '12034'");

            assertThat(page.locator("[data-figure=rate]").innerText()).isEqualTo("8 /s");
            assertThat(page.locator("figure[data-chart=rate] .legend li")
                            .first()
                            .innerText())
                    .isEqualTo("achieved 8");
            Page fresh = chromium.page(Chromium.Screen.DESKTOP, false);
            fresh.navigate(live.address().toString());
            until(fresh, "document.querySelector('figure[data-chart=rate]')?.dataset.points > ''");
            assertThat(page.locator("figure[data-chart=rate]").getAttribute("data-points"))
                    .isEqualTo("301")
                    .isEqualTo(fresh.locator("figure[data-chart=rate]").getAttribute("data-points"));
            assertThat(painted(page)).isEqualTo(painted(fresh));
            assertThat(chromium.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsGaugesWithTheirUnits(Chromium.Screen screen) throws Exception {
        try (LivePage live = LivePage.open(0)) {
            tell(begin(live, Samples.sustained()), 1, 9);
            Page page = chromium.page(screen, false);
            // What is painted on a canvas can only be heard of while it is painted.
            page.addInitScript("window.painted = new Set(); const fill = CanvasRenderingContext2D.prototype.fillText;"
                    + " CanvasRenderingContext2D.prototype.fillText = function(text, ...where) {"
                    + " painted.add(this.canvas.closest('figure').dataset.chart + ': ' + text);"
                    + " if (this.textAlign === 'right' && where[0] < this.measureText(text).width) painted.add('too long: ' + text);"
                    + " return fill.call(this, text, ...where); }");
            page.navigate(live.address().toString());
            until(page, "document.querySelector('figure[data-chart=gauge-2]')?.dataset.points === '9'");
            until(page, "[...painted].some(text => text.startsWith('gauge-2:'))");

            assertThat(legend(page, 0)).isEqualTo("value 9");
            assertThat(legend(page, 1)).isEqualTo("value 4,800 MiB");
            assertThat(legend(page, 2)).isEqualTo("value 12.5 %");
            assertThat(page.locator("figcaption .unit").allInnerTexts())
                    .containsExactly("operations per second", "milliseconds", "per second", "value", "MiB", "percent");
            assertThat(String.valueOf(page.evaluate("[...painted].join('\\n')")).lines())
                    .contains("gauge-0: 0", "gauge-1: 4,000 MiB", "gauge-2: 10 %")
                    .noneMatch(text -> text.startsWith("too long"));
        }
    }

    private static String legend(Page page, int gauge) {
        return page.locator("figure[data-chart=gauge-" + gauge + "] .legend li").innerText();
    }

    private static Object painted(Page page) {
        return page.evaluate("[...document.querySelectorAll('canvas')].map(canvas => canvas.toDataURL())");
    }

    private static LiveRun begin(LivePage page, Samples.Sample sample) {
        return page.begin(sample.result().scenario(), Map.of("environment", "by hand"));
    }

    /** Half a second each. */
    private static void tell(LiveRun run, int first, int last) {
        for (int half = first; half <= last; half++) {
            run.progress(snapshot(half, half * 10L));
        }
    }

    private static Snapshot snapshot(int half, long done) {
        Map<String, Double> gauges = new LinkedHashMap<>();
        gauges.put("queue", (double) half);
        gauges.put(GaugeSeries.HEAP_AFTER_COLLECTION, 4800.0 * (1 << 20));
        gauges.put(GaugeSeries.PROCESS_CPU, 12.5);
        return new Snapshot(
                Snapshot.Stage.LOAD,
                "",
                Duration.ofMillis(500L * half),
                Duration.ofHours(1),
                1_000_000,
                done,
                new Snapshot.Progress(done, 0, 1e6),
                new Outcomes(10, 0, Distribution.of(new long[] {1_000_000}, new long[] {10}), Distribution.EMPTY),
                LiveRunTests.readings(gauges));
    }

    private static void until(Page page, String condition) {
        page.waitForFunction("() => " + condition, null, new WaitForFunctionOptions().setTimeout(LONG));
    }
}
