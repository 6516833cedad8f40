package io.stampede.report.live;

import io.stampede.internal.settings.Setting;
import io.stampede.internal.settings.Settings;
import io.stampede.report.text.Console;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one live page of all load tests of a run: opened with the first of them if the user wants it, closed when the test
 * plan has ended. May be used by all threads.
 */
public final class SharedLivePage {

    /** {@code stampede.live} */
    public static final Setting ON = new Setting(
            "stampede.live",
            "false",
            "Whether a page on 127.0.0.1 shows runs while they go on; its address is printed when each begins.");

    /** {@code stampede.live.port} */
    public static final Setting PORT =
            new Setting("stampede.live.port", "0", "The port of the live page; 0 for any that is free.");

    /** Open pages hear of the end within a moment; one that does not read must not hold up the build. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Supplier<Settings> settings;
    private final Console console;
    private @Nullable LivePage page;
    private int refused = -1;

    /** @param settings asked when a run begins */
    public SharedLivePage(Supplier<Settings> settings, Console console) {
        this.settings = settings;
        this.console = console;
    }

    /** Empty if nobody wants the page, or its port is taken. */
    Optional<LiveRun> begin(Scenario scenario, Map<String, String> facts) {
        Settings now = settings.get();
        if (!now.flag(ON).orElse(false)) {
            return Optional.empty();
        }
        return open(port(now)).map(open -> {
            LiveRun run = open.begin(scenario, facts);
            console.print("Stampede: live at " + open.address());
            return run;
        });
    }

    /** @throws IllegalArgumentException if a setting of the page is not as it must be */
    public static void check(Settings settings) {
        settings.flag(ON);
        port(settings);
    }

    private static int port(Settings settings) {
        return settings.whole(PORT, 0, 65_535).map(Math::toIntExact).orElse(0);
    }

    private synchronized Optional<LivePage> open(int port) {
        if (page == null && refused != port) {
            try {
                page = LivePage.open(port);
            } catch (IOException e) {
                refused = port;
                console.print("Stampede: no live page, since port " + port + " of 127.0.0.1 cannot be had ("
                        + e.getMessage() + "). The run goes on. Set " + PORT.key()
                        + " to another port, or to 0 for any that is free.");
            }
        }
        return Optional.ofNullable(page);
    }

    private synchronized @Nullable LivePage opened() {
        return page;
    }

    private synchronized @Nullable LivePage take() {
        LivePage taken = page;
        page = null;
        return taken;
    }

    /**
     * The report of one run was written.
     *
     * @param file need not exist if that failed
     */
    public void reported(LoadResult result, Path file) {
        LivePage open = opened();
        if (open != null && Files.isRegularFile(file)) {
            open.run(result.scenario()).ifPresent(run -> run.reported(file));
        }
    }

    /**
     * The test plan has ended.
     *
     * @param report of all runs; null if there is none
     */
    public void end(@Nullable Path report) {
        LivePage ending = take();
        if (ending == null) {
            return;
        }
        try (ending) {
            ending.end(report, GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
