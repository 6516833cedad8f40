package io.stampede.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.scenario.Band;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Each mistake gives one error that names annotation, method, attribute, value and rule, and nothing runs. */
class ConfigurationErrorTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            basicNone        | @BasicLoadTest on BrokenTestCase.basicNone(): concurrent = 0, but it must be at least 1.
            basicMany        | @BasicLoadTest on BrokenTestCase.basicMany(): concurrent = 1000001, but it must be at most 1,000,000.
            sustainedNone    | @SustainedLoadTest on BrokenTestCase.sustainedNone(): total = -1, but it must be at least 1.
            sustainedEvery   | @SustainedLoadTest on BrokenTestCase.sustainedEvery(): every = "soon", but it must be a duration such as 50ms, 5s, 1.5min or 2h.
            sustainedZero    | @SustainedLoadTest on BrokenTestCase.sustainedZero(): every = "0s", but it must be more than 0.
            sustainedLong    | @SustainedLoadTest on BrokenTestCase.sustainedLong(): every = "1h", but total x every must be at most 7 days.
            spikeNone        | @SpikeTest on BrokenTestCase.spikeNone(): concurrent = 0, but it must be at least 1.
            spikeRecovery    | @SpikeTest on BrokenTestCase.spikeRecovery(): recovery = "never", but it must be a duration such as 50ms, 5s, 1.5min or 2h.
            enduranceEvery   | @EnduranceTest on BrokenTestCase.enduranceEvery(): every = "8d", but it must be at most 7 days.
            enduranceTimeout | @EnduranceTest on BrokenTestCase.enduranceTimeout(): timeout = "", but it must be a duration such as 50ms, 5s, 1.5min or 2h.
            stressFrom       | @StressTest on BrokenTestCase.stressFrom(): from = 0, but it must be at least 1.
            stressTo         | @StressTest on BrokenTestCase.stressTo(): to = 50, but it must be at least from (100).
            stressStep       | @StressTest on BrokenTestCase.stressStep(): step = 0, but it must be at least 1.
            stressSteps      | @StressTest on BrokenTestCase.stressSteps(): step = 1, but from 1 to 100000 it must give at most 1000 steps.
            stressAtLeast    | @StressTest on BrokenTestCase.stressAtLeast(): atLeast = 3000, but it must be at most 2,000.
            stressResolution | @StressTest on BrokenTestCase.stressResolution(): resolution = 0.0, but it must be more than 0.
            stressResolutions | @StressTest on BrokenTestCase.stressResolutions(): resolution = 5.0, but it must be at most 1.
            stressSettle     | @StressTest on BrokenTestCase.stressSettle(): settle = "x", but it must be a duration such as 50ms, 5s, 1.5min or 2h.
            rampTo           | @RampUpTest on BrokenTestCase.rampTo(): to = 0, but it must be at least 1.
            rampEvery        | @RampUpTest on BrokenTestCase.rampEvery(): every = "2s", but it must be at most over ("1s").
            rampTicks        | @RampUpTest on BrokenTestCase.rampTicks(): every = "1ms", but over / every must be at most 1000 ticks.
            failOn           | @SpikeTest on BrokenTestCase.failOn(): failOn = NO_DATA, but it must be CRITICAL or ACCEPTABLE.
            """)
    void namesWhatIsWrong(String method, String message) {
        BrokenTestCase.calls.set(0);

        Throwable failure = failure(BrokenTestCase.class, method);

        assertThat(failure).isInstanceOf(LoadConfigurationException.class).hasMessage(message);
        assertThat(BrokenTestCase.calls).hasValue(0);
    }

    static class BrokenTestCase {
        static final AtomicInteger calls = new AtomicInteger();

        @BasicLoadTest(concurrent = 0)
        void basicNone() {
            calls.incrementAndGet();
        }

        @BasicLoadTest(concurrent = 1_000_001)
        void basicMany() {
            calls.incrementAndGet();
        }

        @SustainedLoadTest(total = -1)
        void sustainedNone() {
            calls.incrementAndGet();
        }

        @SustainedLoadTest(every = "soon")
        void sustainedEvery() {
            calls.incrementAndGet();
        }

        @SustainedLoadTest(every = "0s")
        void sustainedZero() {
            calls.incrementAndGet();
        }

        @SustainedLoadTest(every = "1h")
        void sustainedLong() {
            calls.incrementAndGet();
        }

        @SpikeTest(concurrent = 0)
        void spikeNone() {
            calls.incrementAndGet();
        }

        @SpikeTest(recovery = "never")
        void spikeRecovery() {
            calls.incrementAndGet();
        }

        @EnduranceTest(every = "8d")
        void enduranceEvery() {
            calls.incrementAndGet();
        }

        @EnduranceTest(timeout = "")
        void enduranceTimeout() {
            calls.incrementAndGet();
        }

        @StressTest(from = 0)
        void stressFrom() {
            calls.incrementAndGet();
        }

        @StressTest(to = 50)
        void stressTo() {
            calls.incrementAndGet();
        }

        @StressTest(step = 0)
        void stressStep() {
            calls.incrementAndGet();
        }

        @StressTest(from = 1, to = 100_000, step = 1)
        void stressSteps() {
            calls.incrementAndGet();
        }

        @StressTest(atLeast = 3000)
        void stressAtLeast() {
            calls.incrementAndGet();
        }

        @StressTest(resolution = 0)
        void stressResolution() {
            calls.incrementAndGet();
        }

        @StressTest(resolution = 5)
        void stressResolutions() {
            calls.incrementAndGet();
        }

        @StressTest(settle = "x")
        void stressSettle() {
            calls.incrementAndGet();
        }

        @RampUpTest(to = 0)
        void rampTo() {
            calls.incrementAndGet();
        }

        @RampUpTest(over = "1s", every = "2s")
        void rampEvery() {
            calls.incrementAndGet();
        }

        @RampUpTest(over = "60s", every = "1ms")
        void rampTicks() {
            calls.incrementAndGet();
        }

        @SpikeTest(failOn = Band.NO_DATA)
        void failOn() {
            calls.incrementAndGet();
        }
    }

    @Test
    void namesAMissingTargetsFile() {
        assertThat(failure(TargetsTestCase.class, "missing"))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessageStartingWith("@PerformanceTargets on TargetsTestCase.missing(): value = \"nowhere.md\", but"
                        + " there is no such resource on the class path");
    }

    @Test
    void namesTheRowOfAMalformedTargetsFile() {
        assertThat(failure(TargetsTestCase.class, "malformed"))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessageStartingWith(
                        "@PerformanceTargets on TargetsTestCase.malformed(): value = \"malformed-targets.md\"")
                .hasMessageContaining("line 3")
                .hasMessageContaining("quick");
    }

    @Test
    void namesAnUnknownMetric() {
        assertThat(failure(TargetsTestCase.class, "unknownInFile"))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessageContaining("TargetsTestCase.unknownInFile()")
                .hasMessageContaining("Things witing")
                .hasMessageContaining("things waiting");
        assertThat(failure(TargetsTestCase.class, "unknownInAnnotation"))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessageContaining("TargetsTestCase.unknownInAnnotation()")
                .hasMessageContaining("latency of the moon");
    }

    @Test
    void namesABoundThatIsNone() {
        assertThat(failure(TargetsTestCase.class, "badBound"))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessageStartingWith("@PerformanceTarget on TargetsTestCase.badBound(): metric = \"queue time p95\"")
                .hasMessageContaining("fast");
    }

    static class TargetsTestCase {

        @Gauge("things waiting")
        int waiting() {
            return 0;
        }

        @SpikeTest
        @PerformanceTargets("nowhere.md")
        void missing() {}

        @SpikeTest
        @PerformanceTargets("malformed-targets.md")
        void malformed() {}

        @SpikeTest
        @PerformanceTargets("unknown-targets.md")
        void unknownInFile() {}

        @SpikeTest
        @PerformanceTarget(metric = "latency of the moon", target = "< 1")
        void unknownInAnnotation() {}

        @SpikeTest
        @PerformanceTarget(metric = "queue time p95", target = "fast")
        void badBound() {}
    }

    @Test
    void namesAParameterThatNobodyResolves() {
        assertThat(failure(OtherTestCase.class, "unresolved"))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessageStartingWith("@SpikeTest on OtherTestCase.unresolved(StringBuilder): No ParameterResolver"
                        + " registered for parameter")
                .hasMessageContaining("@ExtendWith");
    }

    @Test
    void refusesTwoScenariosOnOneMethod() {
        assertThat(failure(OtherTestCase.class, "two"))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage("OtherTestCase.two() has @BasicLoadTest and @SpikeTest, but a load test has exactly one:"
                        + " write a method for each scenario.");
    }

    @Test
    void refusesAGaugeThatIsNoNumber() {
        assertThat(failure(TextGaugeTestCase.class, "load"))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage("@Gauge on TextGaugeTestCase.level(): returns String, but it must return a number.");
    }

    @Test
    void refusesARepeatedLoadTest() {
        assertThat(EngineTestKit.engine("junit-jupiter")
                        .selectors(DiscoverySelectors.selectClass(RepeatedTestCase.class))
                        .execute()
                        .testEvents()
                        .failed()
                        .count())
                .isPositive();
    }

    @Test
    void namesASettingThatIsWrong() {
        assertThat(Fixtures.failure(Fixtures.run(FineTestCase.class, "stampede.scale", "-1")))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage("@SpikeTest on FineTestCase.fine(): stampede.scale must be > 0 and <= 1000, but was -1.0");
        assertThat(Fixtures.failure(Fixtures.run(FineTestCase.class, "stampede.timeout", "soon")))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessageContaining("stampede.timeout must be a duration");
        assertThat(Fixtures.failure(Fixtures.run(FineTestCase.class, "stampede.threads", "green")))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessageContaining("stampede.threads must be one of [AUTO, PLATFORM, VIRTUAL], but was \"green\"");
    }

    static class FineTestCase {
        @SpikeTest(concurrent = 3)
        void fine() {}
    }

    static class OtherTestCase {
        @SpikeTest
        void unresolved(StringBuilder text) {}

        @BasicLoadTest
        @SpikeTest
        void two() {}
    }

    static class TextGaugeTestCase {
        @Gauge("level")
        String level() {
            return "high";
        }

        @BasicLoadTest
        void load() {}
    }

    static class RepeatedTestCase {
        @RepeatedTest(2)
        @BasicLoadTest(concurrent = 1)
        void repeated() {}
    }

    private static Throwable failure(Class<?> fixture, String method) {
        java.lang.reflect.Method found = java.util.Arrays.stream(fixture.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .findFirst()
                .orElseThrow();
        return Fixtures.failure(EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectMethod(fixture, found))
                .configurationParameter("stampede.progress", "off")
                .execute());
    }
}
