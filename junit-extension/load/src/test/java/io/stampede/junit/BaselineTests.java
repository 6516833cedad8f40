package io.stampede.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.WithSettings;
import io.stampede.operation.Operation;
import io.stampede.scenario.Workload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.opentest4j.AssertionFailedError;

/** From outside: runs are kept, and one that is many times slower than those before fails its test. */
@Timeout(60)
class BaselineTests {

    @TempDir
    Path history;

    @Test
    void failsATestThatBecameManyTimesSlower() throws IOException {
        PausingTestCase.pause = Duration.ofMillis(1);
        for (int run = 0; run < 5; run++) {
            run(PausingTestCase.class).testEvents().assertStatistics(stats -> stats.succeeded(1));
        }
        PausingTestCase.pause = Duration.ofMillis(100);

        EngineExecutionResults slow = run(PausingTestCase.class);

        slow.testEvents().assertStatistics(stats -> stats.failed(1));
        assertThat(Fixtures.failure(slow))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("slower than the last 5 runs")
                .hasMessageContaining("critical above 200 %")
                .hasMessageContaining("Baseline")
                .hasMessageContaining("Against the last 5 runs: response time ");
        assertThat(runs()).hasSize(6);

        // Repeated it fails again: what was refused is in no baseline.
        assertThat(Fixtures.failure(run(PausingTestCase.class))).hasMessageContaining("slower than the last 5 runs");
        // Unless the user says that this is how it is from now on.
        run(PausingTestCase.class, "stampede.history.accept", "true")
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(1));
        run(PausingTestCase.class).testEvents().assertStatistics(stats -> stats.succeeded(1));
    }

    @Test
    void comparesNoTestsOfTheSameNameInOtherClasses() throws IOException {
        run(One.OrdersTestCase.class);
        run(Other.OrdersTestCase.class);

        assertThat(runs()).hasSize(2);
        assertThat(runs().stream().map(BaselineTests::fingerprint).distinct()).hasSize(2);
    }

    @Test
    void keepsNothingWhereToldNotTo() throws IOException {
        run(PausingTestCase.class, "stampede.history", "off")
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(1));

        assertThat(runs()).isEmpty();
    }

    @Test
    void keepsNoRunThatSaysNothing() throws IOException {
        run(FailingTestCase.class).testEvents().assertStatistics(stats -> stats.failed(1));

        assertThat(runs()).isEmpty();
    }

    @Test
    void saysOfATestInCodeWhatItCameTo() throws IOException {
        String first = printed("in code", Map.of());
        String second = printed("in code", Map.of("STAMPEDE_SCALE", "0.5"));

        assertThat(first)
                .contains("No earlier run to compare with.")
                .contains("Baseline: not judged yet, there are 0 of the 5 runs that it takes.");
        assertThat(second).contains("The run before differs: plan was custom: 20 at once and is custom: 10 at once");
        assertThat(runs()).hasSize(2);
    }

    @Test
    void saysThatARunThatTellsNothingStartsNoNewLevel() {
        assertThat(printed("in code", Map.of("STAMPEDE_HISTORY_ACCEPT", "true"), it -> {
                    throw new IllegalStateException("refused");
                }))
                .contains("Stampede: history: in code starts no new level, since this run says nothing of the target.");
        assertThat(printed("in code", Map.of("STAMPEDE_HISTORY_ACCEPT", "true")))
                .contains("This run starts a new level")
                .doesNotContain("starts no new level");
    }

    @Test
    void refusesValuesThatAreNone() {
        assertThat(Fixtures.failure(run(WordsTestCase.class)))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage(
                        "@Baseline on WordsTestCase.words(): maxSlowdown = \"a lot\", but it must be a percentage from"
                                + " 1% to 1000%, such as 10%.");
        assertThat(Fixtures.failure(run(ZeroTestCase.class)))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage("@Baseline on ZeroTestCase, for ZeroTestCase.zero(): maxSlowdown = \"0%\", but it must be a"
                        + " percentage from 1% to 1000%, such as 10%.");
        assertThat(Fixtures.failure(run(PausingTestCase.class, "stampede.history.keep", "4")))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage(
                        "PausingTestCase.pausing: stampede.history.keep = 4 (configuration parameter of JUnit), but it must be 5 to 10,000.");
        assertThat(Fixtures.failure(run(PausingTestCase.class, "stampede.history", "maybe")))
                .hasMessageContaining(
                        "stampede.history = maybe (configuration parameter of JUnit), but it must be on or off.");
    }

    private EngineExecutionResults run(Class<?> fixture, String... parameters) {
        String[] all = new String[parameters.length + 4];
        // The build says where its tests keep runs, and a system property goes before a parameter.
        String before = System.getProperty("stampede.history.dir");
        System.setProperty("stampede.history.dir", history.toString());
        all[0] = "stampede.history";
        all[1] = "on";
        all[2] = "stampede.spin";
        all[3] = "0ms";
        System.arraycopy(parameters, 0, all, 4, parameters.length);
        try {
            return Fixtures.run(fixture, all);
        } finally {
            if (before == null) {
                System.clearProperty("stampede.history.dir");
            } else {
                System.setProperty("stampede.history.dir", before);
            }
        }
    }

    private String printed(String name, Map<String, String> more) {
        return printed(name, more, it -> {});
    }

    private String printed(String name, Map<String, String> more, Operation operation) {
        Map<String, String> environment = new java.util.HashMap<>(more);
        environment.put("STAMPEDE_PROGRESS", "off");
        environment.put("STAMPEDE_HISTORY_DIR", history.toString());
        environment.put("STAMPEDE_VALIDITY", "off");
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            WithSettings.named(name, environment)
                    .workload(Workload.burst(20))
                    .baseline(0.1)
                    .run(operation);
        } finally {
            System.setOut(out);
        }
        // As one line: the table breaks them.
        return printed.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    }

    /** The name's second part: {@code time-fingerprint-random.json}. */
    private static String fingerprint(Path run) {
        return run.getFileName().toString().split("-", -1)[1];
    }

    private List<Path> runs() throws IOException {
        try (Stream<Path> files = Files.walk(history)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** A factor of a hundred, so that no noise of a busy machine comes near it, up or down. */
    @Baseline(maxSlowdown = "1%")
    @PerformanceTarget(metric = "queue time p95", target = "< 20 s", acceptable = "< 20 s")
    @PerformanceTarget(metric = "queue time p99", target = "< 20 s", acceptable = "< 20 s")
    @PerformanceTarget(metric = "throughput", target = "1+ ops/sec", acceptable = "1+ ops/sec")
    static class PausingTestCase {
        static volatile Duration pause = Duration.ZERO;

        @Baseline(maxSlowdown = "200%") // goes before the class's
        @BasicLoadTest(concurrent = 120) // a plan of times would have to be kept, on a busy machine too
        void pausing() {
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    static class One {
        static class OrdersTestCase {
            @BasicLoadTest(concurrent = 20)
            void order() {}
        }
    }

    static class Other {
        static class OrdersTestCase {
            @BasicLoadTest(concurrent = 20)
            void order() {}
        }
    }

    static class FailingTestCase {
        @SustainedLoadTest(total = 30, every = "1ms")
        void failing() {
            throw new IllegalStateException("refused");
        }
    }

    static class WordsTestCase {
        @Baseline(maxSlowdown = "a lot")
        @SustainedLoadTest(total = 30, every = "1ms")
        void words() {}
    }

    @Baseline(maxSlowdown = "0%")
    static class ZeroTestCase {
        @SustainedLoadTest(total = 30, every = "1ms")
        void zero() {}
    }
}
