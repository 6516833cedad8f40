package io.stampede.internal.run;

import static io.stampede.scenario.Rate.perSecond;
import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.internal.settings.Settings;
import io.stampede.metric.Band;
import io.stampede.report.LoadReporter;
import io.stampede.result.LoadResult;
import io.stampede.result.Snapshot;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.targets.Targets;
import io.stampede.verdict.FinishedRun;
import io.stampede.verdict.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportersTests {

    private static final List<String> HEARD = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path services;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @BeforeEach
    void nothingWasHeard() {
        HEARD.clear();
    }

    @Test
    void oneInstanceHearsAllOfARun() throws Exception {
        run(Listening.class.getName());

        assertThat(HEARD).first().asString().startsWith("started shop on moon by ");
        assertThat(HEARD).last().asString().startsWith("finished 12 by ");
        assertThat(HEARD)
                .hasSizeGreaterThan(2)
                .filteredOn(heard -> heard.startsWith("progress"))
                .isNotEmpty();
        assertThat(HEARD.stream().map(heard -> heard.replaceAll(".* by ", "")))
                .containsOnly(HEARD.get(0).replaceAll(".* by ", ""));
    }

    @Test
    void whoThrowsIsNamedOnceAndStillHearsTheEndWhileTheOthersHearAll() throws Exception {
        FinishedRun finished = run(Throwing.class.getName(), "no.such.Reporter", Listening.class.getName());

        assertThat(finished.result().succeeded()).isEqualTo(12);
        assertThat(HEARD).first().asString().startsWith("started");
        assertThat(HEARD).filteredOn("it threw"::equals).hasSize(2);
        assertThat(HEARD).last().asString().startsWith("finished 12");
        String printed = bytes.toString(StandardCharsets.UTF_8);
        assertThat(printed.lines().filter(line -> line.contains("Throwing could not report shop")))
                .hasSize(2);
        assertThat(printed).containsOnlyOnce("no.such.Reporter").contains("a reporter could not be loaded");
    }

    private FinishedRun run(String... reporters) throws IOException {
        Path file = services.resolve("META-INF/services/" + LoadReporter.class.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(reporters));
        Scenario scenario = new Scenario(
                "shop",
                new Kind.Custom(),
                List.of(new Phase("rush", Workload.arrivals(perSecond(10), Duration.ofMillis(1200)))),
                new Targets(List.of(), "none"),
                Band.CRITICAL,
                Duration.ofSeconds(60),
                1,
                42);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {services.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            return new LoadRun(
                            scenario,
                            it -> {},
                            List.of(),
                            Map.of("environment", "moon"),
                            new Settings(
                                    Map.of("STAMPEDE_PROGRESS", "off", "STAMPEDE_LOCK", "off"),
                                    key -> null,
                                    key -> Optional.empty()),
                            out)
                    .run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Writes down what it hears. */
    public static final class Listening implements LoadReporter {

        @Override
        public void started(Scenario scenario, Map<String, String> facts) {
            heard("started " + scenario.name() + " on " + facts.get("environment"));
        }

        @Override
        public void progress(Snapshot snapshot) {
            heard("progress " + snapshot.ended());
        }

        @Override
        public void finished(LoadResult result, Verdict verdict) {
            heard("finished " + result.ended());
        }

        private void heard(String what) {
            HEARD.add(what + " by " + System.identityHashCode(this));
        }
    }

    /** Cannot report. */
    public static final class Throwing implements LoadReporter {

        @Override
        public void progress(Snapshot snapshot) {
            HEARD.add("it threw");
            throw new IllegalStateException("progress");
        }

        @Override
        public void finished(LoadResult result, Verdict verdict) {
            HEARD.add("it threw");
            throw new NoClassDefFoundError("finished");
        }
    }
}
