package io.stampede.report.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A headless Chromium that opens pages at the width of a desktop or a phone, and notes what a person would not see: errors
 * of scripts and requests to other hosts. Tests are skipped where no Chromium is installed. For one thread.
 */
public final class Chromium implements AutoCloseable {

    /** A size of screen. */
    public enum Screen {
        DESKTOP(1280, 900),
        PHONE(390, 844);

        private final int width;
        private final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    private static final List<String> PLACES = List.of(
            Objects.requireNonNullElse(System.getenv("CHROMIUM"), ""),
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome");

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> errors = new ArrayList<>();
    private final List<String> strangers = new ArrayList<>();

    private Chromium(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    /** Skips the calling test where there is none; {@code CHROMIUM} in the environment says where else it is. */
    public static Chromium open() {
        Path executable = PLACES.stream()
                .filter(place -> !place.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(executable != null, "no Chromium in " + PLACES + "; set CHROMIUM to where it is");
        return new Chromium(Objects.requireNonNull(executable));
    }

    /** An empty page; close its context, or this, when done with it. */
    public Page page(Screen screen, boolean dark) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(screen.width, screen.height)
                .setColorScheme(
                        dark
                                ? com.microsoft.playwright.options.ColorScheme.DARK
                                : com.microsoft.playwright.options.ColorScheme.LIGHT));
        Page page = context.newPage();
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text());
            }
        });
        page.onRequest(this::note);
        return page;
    }

    /** Errors of scripts, and what the console calls one, of all pages so far. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** Addresses that pages asked for and that are neither files nor on this machine. */
    public List<String> strangers() {
        return List.copyOf(strangers);
    }

    private void note(Request request) {
        if (!request.url().matches("(?:file|data|blob|about):.*|https?://(?:127\\.0\\.0\\.1|localhost)(?:[:/].*)?")) {
            strangers.add(request.url());
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
