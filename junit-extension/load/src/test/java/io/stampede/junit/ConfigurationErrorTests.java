package io.stampede.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stampede.metric.Band;
import io.stampede.scenario.Phase;
import io.stampede.scenario.PhaseSource;
import io.stampede.scenario.Workload;
import io.stampede.scenario.Workload.Arrivals.Spacing;
import io.stampede.targets.Target;
import io.stampede.targets.Targets;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
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
            enduranceTimeout | @OperationTimeout on BrokenTestCase.enduranceTimeout(): value = "", but it must be a duration such as 50ms, 5s, 1.5min or 2h.
            stressFrom       | @StressTest on BrokenTestCase.stressFrom(): from = 0, but it must be at least 1.
            stressTo         | @StressTest on BrokenTestCase.stressTo(): to = 50, but it must be at least from (100).
            stressStep       | @StressTest on BrokenTestCase.stressStep(): step = 0, but it must be at least 1.
            stressSteps      | @StressTest on BrokenTestCase.stressSteps(): step = 1, but from 1 to 100,000 that is 100,000 steps, and there may be at most 1,000.
            stressAtLeast    | @StressTest on BrokenTestCase.stressAtLeast(): atLeast = 3000, but it must be at most to (2,000).
            stressResolution | @StressTest on BrokenTestCase.stressResolution(): resolution = 0.0, but it must be more than 0.
            stressResolutions | @StressTest on BrokenTestCase.stressResolutions(): resolution = 5.0, but it must be at most 1.
            stressSettle     | @StressTest on BrokenTestCase.stressSettle(): settle = "x", but it must be a duration such as 50ms, 5s, 1.5min or 2h.
            rampTo           | @RampUpTest on BrokenTestCase.rampTo(): to = 0, but it must be at least 1.
            rampEvery        | @RampUpTest on BrokenTestCase.rampEvery(): every = "2s", but it must be at most over ("1s").
            rampTicks        | @RampUpTest on BrokenTestCase.rampTicks(): every = "1ms", but over 60s that is 60,000 ticks, and there may be at most 1,000.
            rateFast         | @ArrivalRateTest on BrokenTestCase.rateFast(): rate = "fast", but it must be a rate such as 200/s, 30/min or 1000/h.
            rateNone         | @ArrivalRateTest on BrokenTestCase.rateNone(): rate = "0/s", but it must be more than 0 and at most 10,000,000/s.
            rateTo           | @ArrivalRateTest on BrokenTestCase.rateTo(): to = "200", but it must be a rate such as 200/s, 30/min or 1000/h.
            rateMany         | @ArrivalRateTest on BrokenTestCase.rateMany(): rate = "1000000/s", but rate x duration must be at most 1,000,000,000 operations.
            rateRandomRamp   | @ArrivalRateTest on BrokenTestCase.rateRandomRamp(): arrivals = POISSON, but with to = "200/s" the rate changes, and has equal gaps: leave one out.
            usersNone        | @UsersTest on BrokenTestCase.usersNone(): users = 0, but it must be at least 1.
            usersMany        | @UsersTest on BrokenTestCase.usersMany(): users = 100001, but it must be at most 100,000.
            usersThink       | @UsersTest on BrokenTestCase.usersThink(): thinkTime = "long", but it must be a duration such as 50ms, 5s, 1.5min or 2h.
            usersRampUp      | @UsersTest on BrokenTestCase.usersRampUp(): rampUp = "31s", but it must be at most duration ("30s").
            longTimeout      | @OperationTimeout on BrokenTestCase.longTimeout(): value = "8d", but it must be at most 7 days.
            noTimeout        | @OperationTimeout on BrokenTestCase.noTimeout(): value = "0s", but it must be more than 0.
            failOn           | @FailOn on BrokenTestCase.failOn(): value = NO_DATA, but it must be CRITICAL or ACCEPTABLE.
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

        @EnduranceTest
        @OperationTimeout("")
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

        @ArrivalRateTest(rate = "fast")
        void rateFast() {
            calls.incrementAndGet();
        }

        @ArrivalRateTest(rate = "0/s")
        void rateNone() {
            calls.incrementAndGet();
        }

        @ArrivalRateTest(to = "200")
        void rateTo() {
            calls.incrementAndGet();
        }

        @ArrivalRateTest(rate = "1000000/s", duration = "1h")
        void rateMany() {
            calls.incrementAndGet();
        }

        @ArrivalRateTest(to = "200/s", arrivals = Spacing.POISSON)
        void rateRandomRamp() {
            calls.incrementAndGet();
        }

        @UsersTest(users = 0)
        void usersNone() {
            calls.incrementAndGet();
        }

        @UsersTest(users = 100_001)
        void usersMany() {
            calls.incrementAndGet();
        }

        @UsersTest(thinkTime = "long")
        void usersThink() {
            calls.incrementAndGet();
        }

        @UsersTest(rampUp = "31s")
        void usersRampUp() {
            calls.incrementAndGet();
        }

        @SpikeTest
        @OperationTimeout("8d")
        void longTimeout() {
            calls.incrementAndGet();
        }

        @SpikeTest
        @OperationTimeout("0s")
        void noTimeout() {
            calls.incrementAndGet();
        }

        @SpikeTest
        @FailOn(Band.NO_DATA)
        void failOn() {
            calls.incrementAndGet();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            abstractOne | AbstractPhases.class, but it must be a class that can be instantiated, not an abstract one.
            inner       | InnerPhases.class, but a nested class must be static.
            parameters  | ParameterPhases.class, but it must have a constructor without parameters.
            constructor | BrokenConstructor.class, but its constructor threw java.lang.IllegalStateException: no shop.
            method      | BrokenPhases.class, but phases() threw java.lang.IllegalStateException: no shop today.
            none        | NoPhases.class, but phases() returned none, and there must be at least one.
            twice       | TwicePhases.class, but phases() returned "rush" twice, but the names must differ.
            many        | ManyPhases.class, but phases() returned 1,001, and there may be at most 1,000.
            """)
    void namesWhatIsWrongWithAClassOfPhases(String method, String rest) {
        assertThat(failure(PhasesTestCase.class, method))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage("@WorkloadTest on PhasesTestCase." + method + "(): value = " + rest);
    }

    static class PhasesTestCase {

        @WorkloadTest(AbstractPhases.class)
        void abstractOne() {}

        @WorkloadTest(InnerPhases.class)
        void inner() {}

        @WorkloadTest(ParameterPhases.class)
        void parameters() {}

        @WorkloadTest(BrokenConstructor.class)
        void constructor() {}

        @WorkloadTest(BrokenPhases.class)
        void method() {}

        @WorkloadTest(NoPhases.class)
        void none() {}

        @WorkloadTest(TwicePhases.class)
        void twice() {}

        @WorkloadTest(ManyPhases.class)
        void many() {}

        abstract static class AbstractPhases implements PhaseSource {}

        @SuppressWarnings("ClassCanBeStatic") // which is the mistake
        class InnerPhases implements PhaseSource {
            @Override
            public List<Phase> phases() {
                return List.of(Phase.of("rush", Workload.burst(1)));
            }
        }

        static class ParameterPhases extends NoPhases {
            ParameterPhases(int size) {}
        }

        static class BrokenConstructor extends NoPhases {
            BrokenConstructor() {
                throw new IllegalStateException("no shop");
            }
        }

        static class BrokenPhases implements PhaseSource {
            @Override
            public List<Phase> phases() {
                throw new IllegalStateException("no shop today");
            }
        }

        static class NoPhases implements PhaseSource {
            @Override
            public List<Phase> phases() {
                return List.of();
            }
        }

        static class TwicePhases implements PhaseSource {
            @Override
            public List<Phase> phases() {
                Phase rush = Phase.of("rush", Workload.burst(1));
                return List.of(rush, Phase.of("evening", Workload.burst(1)), rush);
            }
        }

        static class ManyPhases implements PhaseSource {
            @Override
            public List<Phase> phases() {
                return IntStream.range(0, 1001)
                        .mapToObj(i -> Phase.of("phase " + i, Workload.burst(1)))
                        .toList();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            countAndDuration | @WarmUp on WarmUpTestCase.countAndDuration(): count = 10, but duration = "5s" is set too: leave one out.
            rateAndUsers     | @WarmUp on WarmUpTestCase.rateAndUsers(): users = 5, but rate = "5/s" is set too: leave one out.
            rate             | @WarmUp on WarmUpTestCase.rate(): rate = "fast", but it must be a rate such as 200/s, 30/min or 1000/h.
            burst            | @WarmUp on WarmUpTestCase.burst(): duration = "5s", but a burst has no duration: give a rate or a count.
            stress           | @WarmUp on WarmUpTestCase.stress(): duration = "5s", but a burst has no duration: give a rate or a count.
            largeBurst       | @WarmUp on WarmUpTestCase.largeBurst(): count = 1000001, but it must be at most 1,000,000.
            users            | @WarmUp on WarmUpTestCase.users(): count = 10, but users run as often as the target allows: give a duration.
            slow             | @WarmUp on WarmUpTestCase.slow(): count = 1000, but at 0.001/s it must last at most 7 days.
            phases           | @WarmUp on WarmUpTestCase.phases(): rate = "", but phases have no single load to warm up with: give a rate or users.
            ofTheClass       | @WarmUp on WarmUpTestCase, for WarmUpTestCase.ofTheClass(): duration = "soon", but it must be a duration such as 50ms, 5s, 1.5min or 2h.
            """)
    void namesWhatIsWrongWithAWarmUp(String method, String message) {
        assertThat(failure(WarmUpTestCase.class, method))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage(message);
    }

    @WarmUp(duration = "soon")
    static class WarmUpTestCase {

        @WarmUp(count = 10, duration = "5s")
        @SpikeTest
        void countAndDuration() {}

        @WarmUp(rate = "5/s", users = 5)
        @SpikeTest
        void rateAndUsers() {}

        @WarmUp(rate = "fast")
        @SpikeTest
        void rate() {}

        @WarmUp(duration = "5s")
        @SpikeTest
        void burst() {}

        @WarmUp(duration = "5s")
        @StressTest
        void stress() {}

        @WarmUp(count = 1_000_001)
        @SpikeTest
        void largeBurst() {}

        @WarmUp(count = 10)
        @UsersTest
        void users() {}

        @WarmUp(count = 1000, rate = "4/h")
        @SpikeTest
        void slow() {}

        @WarmUp
        @WorkloadTest(OnePhase.class)
        void phases() {}

        @ArrivalRateTest
        void ofTheClass() {}

        static class OnePhase implements PhaseSource {
            @Override
            public List<Phase> phases() {
                return List.of(Phase.of("rush", Workload.burst(1)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            noWindow | @AbortWhen on AbortTestCase.noWindow(): value = "success rate < 90%", but it must be a metric, a bound and a window, such as "response time p95 > 1 s for 5s".
            typo     | @AbortWhen on AbortTestCase.typo(): value = "thing waiting > 10 for 3s", but its metric "thing waiting" is unknown. The nearest is "things waiting". Known are response time or service time with p50, p95 and the like, min, max or mean; throughput; success rate; gauges of this test: things waiting.
            noGauge  | @AbortWhen on AbortTestCase.noGauge(): value = "queue size > 10 for 3s", but its metric "queue size" is unknown. Known are response time or service time with p50, p95 and the like, min, max or mean; throughput; success rate; gauges of this test: things waiting.
            second   | @AbortWhen on AbortTestCase.second(): value = "throughput < 5 for 3s", but its bound must be a rate, such as "< 50 ops/s", but was "< 5".
            """)
    void namesWhatIsWrongWithAnAbortRule(String method, String message) {
        assertThat(failure(AbortTestCase.class, method))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage(message);
    }

    static class AbortTestCase {

        @Gauge("things waiting")
        int waiting() {
            return 0;
        }

        @SpikeTest
        @AbortWhen("success rate < 90%")
        void noWindow() {}

        @EnduranceTest
        @AbortWhen("thing waiting > 10 for 3s")
        void typo() {}

        @EnduranceTest
        @AbortWhen("queue size > 10 for 3s")
        void noGauge() {}

        @UsersTest
        @AbortWhen({"things waiting > 10 for 3s", "throughput < 5 for 3s"})
        void second() {}
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            timeout   | @OperationTimeout on OptionTestCase, for Inner.timeout(): value = "soon", but it must be a duration such as 50ms, 5s, 1.5min or 2h.
            failOn    | @FailOn on Inner, for Inner.failOn(): value = TARGET, but it must be CRITICAL or ACCEPTABLE.
            abortWhen | @AbortWhen on OptionTestCase, for Inner.abortWhen(): value = "all is lost", but it must be a metric, a bound and a window, such as "response time p95 > 1 s for 5s".
            """)
    void namesTheClassThatAnOptionStandsOn(String method, String message) {
        assertThat(failure(OptionTestCase.Inner.class, method))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage(message);
    }

    @OperationTimeout("soon")
    @AbortWhen("all is lost")
    static class OptionTestCase {

        @FailOn(Band.TARGET)
        static class Inner {

            @SpikeTest
            @FailOn(Band.CRITICAL)
            @AbortWhen({})
            void timeout() {}

            @SpikeTest
            @OperationTimeout("1s")
            @AbortWhen({})
            void failOn() {}

            @SpikeTest
            @OperationTimeout("1s")
            @FailOn(Band.CRITICAL)
            void abortWhen() {}
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
                .hasMessageStartingWith("@PerformanceTarget on TargetsTestCase.unknownInAnnotation(): metric"
                        + " \"latency of the moon\" is unknown. Known are ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            twice     | metric = "queue time p95" is the same metric as "queue time p95" above.
            bothNames | metric = "response time  p95.0" is the same metric as "queue time p95" above.
            composed  | metric = "lag max" is the same metric as "lag max" above.
            """)
    void refusesTwoRowsOfOneMetricOnOneElement(String method, String message) {
        assertThat(failure(TwiceTargetTestCase.class, method))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage("@PerformanceTarget on TwiceTargetTestCase." + method + "(): " + message.replace("  ", " ")
                        + " Leave one out.");
    }

    @Test
    void aRowOnAMethodReplacesThatOfAnAnnotationOnItOfItsClassAndOfASuperclass() throws Exception {
        Targets targets = new TargetsReader(
                        TwiceTargetTestCase.class, TwiceTargetTestCase.class.getDeclaredMethod("overrides"))
                .read(Map.of());

        assertThat(targets.rows().stream().filter(row -> !row.builtIn()))
                .extracting(Target::label, row -> row.target().label())
                .containsExactlyInAnyOrder(
                        tuple("queue time p50", "< 2 s"), tuple("lag max", "< 3 s"), tuple("lag mean", "< 1 s"));
    }

    @PerformanceTarget(metric = "queue time p50", target = "< 1 s")
    @PerformanceTarget(metric = "lag mean", target = "< 1 s")
    static class InheritedTestCase {}

    @PerformanceTarget(metric = "queue time p50", target = "< 2 s")
    static class TwiceTargetTestCase extends InheritedTestCase {

        @BasicLoadTest
        @PerformanceTarget(metric = "queue time p95", target = "< 1 ns")
        @PerformanceTarget(metric = "queue time p95", target = "< 5 s")
        void twice() {}

        @BasicLoadTest
        @PerformanceTarget(metric = "queue time p95", target = "< 1 ns")
        @PerformanceTarget(metric = "response time  p95.0", target = "< 5 s")
        void bothNames() {}

        @BasicLoadTest
        @FirstRow
        @SecondRow
        void composed() {}

        @BasicLoadTest
        @FirstRow
        @FirstRowAgain
        @PerformanceTarget(metric = "lag max", target = "< 3 s")
        void overrides() {}
    }

    @PerformanceTarget(metric = "lag max", target = "< 1 s")
    @Retention(RetentionPolicy.RUNTIME)
    @interface FirstRow {}

    @FirstRow
    @Retention(RetentionPolicy.RUNTIME)
    @interface FirstRowAgain {}

    @PerformanceTarget(metric = "lag max", target = "< 2 s")
    @Retention(RetentionPolicy.RUNTIME)
    @interface SecondRow {}

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
                .hasMessageContaining("]. An operation's parameters are")
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
    void refusesTwoGaugesOfOneName() {
        assertThat(failure(TwiceGaugeTestCase.class, "load"))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessageMatching(
                        "@Gauge on TwiceGaugeTestCase\\.(one|two)\\(\\): value = \"(In line|in line)\", but it must not"
                                + " be that of another gauge of the test, \"(In line|in line)\"; letter case and blanks do not tell"
                                + " names apart\\.");
        assertThat(failure(ContextGaugeTestCase.class, "load"))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage(
                        "@Gauge on ContextGaugeTestCase.line(): value = \"LINE\", but it must not be that of another"
                                + " gauge of the test, \"line\"; letter case and blanks do not tell names apart.");
        assertThat(failure(TwiceContextGaugeTestCase.class, "load"))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage(
                        "Gauges that extensions registered for TwiceContextGaugeTestCase.load(): gauge \"line\": its"
                                + " name must not be that of another gauge of the test, \"line\"; letter case and blanks do not"
                                + " tell names apart.");
        assertThat(failure(OwnGaugeTestCase.class, "load"))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessageContaining("it must not be that of a gauge that every run has by itself");
    }

    static class TwiceGaugeTestCase {
        @Gauge("in line")
        int one() {
            return 1;
        }

        @Gauge("In  line")
        int two() {
            return 2;
        }

        @BasicLoadTest(concurrent = 1)
        void load() {}
    }

    static class Line implements BeforeEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) {
            LoadTestContext.of(context).gauge("line", () -> 1);
        }
    }

    static class LineOfClass implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            LoadTestContext.of(context).backlog("line", () -> 1);
        }
    }

    @ExtendWith(Line.class)
    static class ContextGaugeTestCase {
        @Gauge("LINE")
        int line() {
            return 1;
        }

        @BasicLoadTest(concurrent = 1)
        void load() {}
    }

    @ExtendWith({Line.class, LineOfClass.class})
    static class TwiceContextGaugeTestCase {
        @BasicLoadTest(concurrent = 1)
        void load() {}
    }

    static class OwnGaugeTestCase {
        @Gauge("Heap after collection")
        int heap() {
            return 1;
        }

        @BasicLoadTest(concurrent = 1)
        void load() {}
    }

    @Test
    void refusesAGaugeThatWouldBeTakenForAMeasure() {
        assertThat(failure(MeasureGaugeTestCase.class, "load"))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage(
                        "@Gauge on MeasureGaugeTestCase.level(): value = \"Success rate\", but it must not be the name of a"
                                + " measure that every run has (success rate), which it would be taken for.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            percent   | @PerformanceTarget on UnitTestCase.percent(): a bound of "in line" must be a number such as "< 100", because the gauge was registered with unit COUNT, but was "< 80 %". Register the gauge with unit SHARE if its values are 0 to 1, or with PERCENT if they are 0 to 100.
            lower     | @StressTest on UnitTestCase.lower(): breaksWhen = "in line < 5", but its bound of a gauge must be one such as "> 1000", as a step keeps the highest value of a gauge, but was "< 5".
            unknown   | @StressTest on UnitTestCase.unknown(): breaksWhen = "many", but it must be a metric and a bound, such as "mean response time > 50 ms".
            allDone   | @SpikeTest on UnitTestCase.allDone(): allDone = "soon", but it must be a duration such as 50ms, 5s, 1.5min or 2h.
            success   | @EnduranceTest on UnitTestCase.success(): successRate = "most", but it must be a percentage from 0% to 100%, such as 99.9%.
            """)
    void namesWhatIsWrongWithALimit(String method, String message) {
        assertThat(failure(UnitTestCase.class, method))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage(message);
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
    void refusesAParameterizedLoadTestAndNamesWhatToWriteInstead() {
        assertThat(EngineTestKit.engine("junit-jupiter")
                        .selectors(DiscoverySelectors.selectClass(ParameterizedTestCase.class))
                        .configurationParameter("stampede.progress", "off")
                        .configurationParameter("stampede.history", "off")
                        .execute()
                        .testEvents()
                        .failed()
                        .stream()
                        .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                        .flatMap(result -> result.getThrowable().stream())
                        .map(Throwable::getMessage))
                .anyMatch(message -> message.contains("ParameterizedTestCase.sized(int)")
                        && message.contains("put @ParameterizedClass (JUnit 5.13 or later) on its class"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            stampede.scale           | -1    | @SpikeTest on FineTestCase.fine(): stampede.scale = -1 (configuration parameter of JUnit), but it must be more than 0 and at most 1,000.
            stampede.timeout         | soon  | @SpikeTest on FineTestCase.fine(): stampede.timeout = soon (configuration parameter of JUnit), but it must be a duration such as 50ms, 5s, 1.5min or 2h.
            stampede.timeout         | 0s    | @SpikeTest on FineTestCase.fine(): stampede.timeout = 0s (configuration parameter of JUnit), but it must be 1ns to 7d.
            stampede.seed            | blue  | @SpikeTest on FineTestCase.fine(): stampede.seed = blue (configuration parameter of JUnit), but it must be a whole number.
            stampede.fail-on         | never | @SpikeTest on FineTestCase.fine(): stampede.fail-on = never (configuration parameter of JUnit), but it must be critical or acceptable.
            stampede.threads         | green | FineTestCase.fine: stampede.threads = green (configuration parameter of JUnit), but it must be auto, platform or virtual.
            stampede.spin            | 1h    | FineTestCase.fine: stampede.spin = 1h (configuration parameter of JUnit), but it must be 0ms to 10ms.
            stampede.grace           | 11min | FineTestCase.fine: stampede.grace = 11min (configuration parameter of JUnit), but it must be 1ms to 10min.
            stampede.gauge.every     | 2h    | FineTestCase.fine: stampede.gauge.every = 2h (configuration parameter of JUnit), but it must be 1ms to 1h.
            stampede.concurrency.max | 0     | FineTestCase.fine: stampede.concurrency.max = 0 (configuration parameter of JUnit), but it must be 1 to 1,000,000.
            stampede.progress        | loud  | FineTestCase.fine: stampede.progress = loud (configuration parameter of JUnit), but it must be auto, live, plain or off.
            stampede.progress.every  | 99ms  | FineTestCase.fine: stampede.progress.every = 99ms (configuration parameter of JUnit), but it must be 100ms to 7d.
            """)
    void namesASettingThatIsWrong(String key, String value, String message) {
        assertThat(Fixtures.failure(Fixtures.run(FineTestCase.class, key, value)))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage(message);
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

    static class MeasureGaugeTestCase {
        @Gauge("Success rate")
        int level() {
            return 1;
        }

        @BasicLoadTest
        void load() {}
    }

    static class UnitTestCase {
        @Gauge("in line")
        int inLine() {
            return 1;
        }

        @BasicLoadTest
        @PerformanceTarget(metric = "in line", target = "< 80 %")
        void percent() {}

        @StressTest(breaksWhen = "in line < 5")
        void lower() {}

        @StressTest(breaksWhen = {"success rate < 50 %", "many"})
        void unknown() {}

        @SpikeTest(allDone = "soon")
        void allDone() {}

        @EnduranceTest(successRate = "most")
        void success() {}
    }

    static class RepeatedTestCase {
        @RepeatedTest(2)
        @BasicLoadTest(concurrent = 1)
        void repeated() {}
    }

    static class ParameterizedTestCase {
        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        @BasicLoadTest(concurrent = 1)
        void sized(int size) {}
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
