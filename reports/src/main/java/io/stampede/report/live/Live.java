package io.stampede.report.live;

import io.stampede.report.allure.ReportSettings;
import io.stampede.report.text.Console;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The live page of this JVM: opened with the first run where the user wants it, shared by all, closed when the test plan
 * has ended. May be used by all threads.
 */
public final class Live {

    /** Pages that are open are told of the end within a moment; one that is not reading must not hold the build. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static @Nullable LivePage page;
    private static int refused = -1;

    private Live() {}

    /** Empty where nobody wants the page, or its port cannot be had. */
    public static Optional<LiveRun> begin(Scenario scenario, Map<String, String> facts) {
        if (!ReportSettings.live()) {
            return Optional.empty();
        }
        return open(ReportSettings.livePort()).map(open -> {
            LiveRun run = open.begin(scenario, facts);
            Console.print("Stampede: live at " + open.address());
            return run;
        });
    }

    private static synchronized Optional<LivePage> open(int port) {
        if (page == null && refused != port) {
            try {
                page = LivePage.open(port);
            } catch (IOException e) {
                refused = port;
                Console.print("Stampede: no live page, since port " + port + " of 127.0.0.1 cannot be had ("
                        + e.getMessage() + "). The run goes on. Set " + ReportSettings.LIVE_PORT.key()
                        + " to another port, or to 0 for any that is free.");
            }
        }
        return Optional.ofNullable(page);
    }

    private static synchronized @Nullable LivePage opened() {
        return page;
    }

    private static synchronized @Nullable LivePage take() {
        LivePage taken = page;
        page = null;
        return taken;
    }

    /** The report of one run was written, where all went well. */
    public static void reported(LoadResult result, Path file) {
        LivePage open = opened();
        if (open != null && Files.isRegularFile(file)) {
            open.run(result.scenario()).ifPresent(run -> run.reported(file));
        }
    }

    /**
     * The test plan has ended.
     *
     * @param report of all runs; null where there is none
     */
    public static void end(@Nullable Path report) {
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
