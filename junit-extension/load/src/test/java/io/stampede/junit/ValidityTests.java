package io.stampede.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.stampede.result.LoadResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.opentest4j.TestAbortedException;

/** From outside: what becomes of a test whose load generator broke a limit. No thread wakes within a nanosecond. */
@Timeout(60)
class ValidityTests {

    @Test
    void abortsTheTestAndSaysWhy() {
        EngineExecutionResults results = run("stampede.validity.hiccup", "1ns");

        results.testEvents()
                .assertStatistics(stats -> stats.aborted(1).failed(0).succeeded(0));
        assertThat(Fixtures.failure(results))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageStartingWith("HealthyTestCase.healthy: cannot be judged, the load generator was at fault: ")
                .hasMessageContaining("limit 1 ns (stampede.validity.hiccup)")
                .hasMessageContaining("BROKEN");
    }

    @Test
    void abortsTheTestWhereOperationsStartedLate() {
        EngineExecutionResults results = run("stampede.validity.lag", "1ns");

        results.testEvents().assertStatistics(stats -> stats.aborted(1));
        assertThat(Fixtures.failure(results)).hasMessageContaining("limit 1 ns (stampede.validity.lag)");
    }

    @Test
    void failsTheTestWhereToldTo() {
        EngineExecutionResults results = run("stampede.validity", "fail", "stampede.validity.hiccup", "1ns");

        results.testEvents().assertStatistics(stats -> stats.failed(1).aborted(0));
        assertThat(Fixtures.failure(results))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "INVALID: HealthyTestCase.healthy: cannot be judged, the load generator was at fault: ");
    }

    @Test
    void saysAtTheEndOfThePlanWhatProvedNothing() {
        assertThat(planned("strict", "1ns"))
                .contains("%nStampede: 1 of 2 load tests was INVALID: HealthyTestCase.healthy; it proves nothing. With"
                        .formatted());
        assertThat(planned("fail", "1ns"))
                .contains("1 of 2 load tests was INVALID: HealthyTestCase.healthy; it proves nothing.%n".formatted())
                .doesNotContain("With stampede.validity");
        assertThat(planned("strict", "1h")).doesNotContain("INVALID");
    }

    /** What a launcher prints that runs both classes, as builds and IDEs do. */
    private static String planned(String validity, String hiccup) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            LauncherFactory.create()
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(selectClass(HealthyTestCase.class), selectClass(ThrowingTestCase.class))
                            .configurationParameter("stampede.validity", validity)
                            .configurationParameter("stampede.validity.hiccup", hiccup)
                            .build());
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void passesTheTestWhereToldToWarn() {
        run("stampede.validity", "warn", "stampede.validity.hiccup", "1ns")
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(1));

        assertThat(HealthyTestCase.results.element().generator().hiccups().count())
                .isPositive();
    }

    @Test
    void watchesNothingWhereToldToBeOff() {
        run("stampede.validity", "off", "stampede.validity.hiccup", "1ns")
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(1));

        assertThat(HealthyTestCase.results.element().generator().watched()).isEqualTo(Duration.ZERO);
    }

    @Test
    void doesNotExcuseATargetThatThrows() {
        EngineExecutionResults results =
                Fixtures.run(ThrowingTestCase.class, "stampede.validity", "strict", "stampede.validity.hiccup", "1ns");

        results.testEvents().assertStatistics(stats -> stats.failed(1));
        assertThat(Fixtures.failure(results)).hasMessageContaining("success rate was 0 %");
    }

    @Test
    void refusesLimitsThatAreNone() {
        assertThat(Fixtures.failure(run("stampede.validity.hiccup", "0s")))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage(
                        "HealthyTestCase.healthy: stampede.validity.hiccup = 0s (configuration parameter of JUnit), but it must be more than 0.");
        assertThat(Fixtures.failure(run("stampede.validity.gc", "0.1")))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage(
                        "HealthyTestCase.healthy: stampede.validity.gc = 0.1 (configuration parameter of JUnit), but it must be a percentage from 0% to"
                                + " 100%.");
        assertThat(Fixtures.failure(run("stampede.validity", "maybe")))
                .hasMessageContaining(
                        "stampede.validity = maybe (configuration parameter of JUnit), but it must be strict, fail, warn or off.");
    }

    private static EngineExecutionResults run(String... parameters) {
        HealthyTestCase.results.clear();
        String[] all = new String[parameters.length + 2];
        all[0] = "stampede.validity";
        all[1] = "strict";
        System.arraycopy(parameters, 0, all, 2, parameters.length);
        return Fixtures.run(HealthyTestCase.class, all);
    }

    @PerformanceTarget(metric = "queue time p95", target = "< 20 s", acceptable = "< 20 s")
    @PerformanceTarget(metric = "queue time p99", target = "< 20 s", acceptable = "< 20 s")
    static class HealthyTestCase {
        static final Queue<LoadResult> results = new ConcurrentLinkedQueue<>();

        @SustainedLoadTest(total = 30, every = "10ms")
        void healthy() {}

        @AfterEach
        void keep(LoadResult result) {
            results.add(result);
        }
    }

    static class ThrowingTestCase {
        @SustainedLoadTest(total = 30, every = "10ms")
        void throwing() {
            throw new IllegalStateException("refused");
        }
    }
}
