package io.stampede.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.metric.Band;
import io.stampede.result.LoadResult;
import io.stampede.scenario.AbortRule;
import io.stampede.scenario.Scenario;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options stand on a method, on a class or on an annotation, and the nearest one wins. */
class OptionTests {

    private static final Map<String, Scenario> SCENARIOS = new ConcurrentHashMap<>();

    @BeforeEach
    void forgetEarlierRuns() {
        SCENARIOS.clear();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OptionTestCase.bare                         | PT2S  | ACCEPTABLE | success rate < 5% for 10s
            OptionTestCase.own                          | PT3S  | CRITICAL   | success rate < 6% for 10s, throughput < 1 ops/s for 60s
            OptionTestCase.without                      | PT2S  | ACCEPTABLE |
            OptionTestCase.composed                     | PT4S  | ACCEPTABLE | success rate < 7% for 10s
            OptionTestCase.NestedTestCase.outer         | PT2S  | ACCEPTABLE | success rate < 5% for 10s
            OptionTestCase.NestedAndSetTestCase.nearest | PT5S  | ACCEPTABLE | success rate < 5% for 10s
            """)
    void takesTheNearest(String name, String timeout, Band failOn, String abortWhen) {
        Fixtures.run(OptionTestCase.class);

        assertOptions(name, timeout, failOn, abortWhen == null ? "" : abortWhen);
    }

    @Test
    void takesThoseOfAnAnnotationOfTheUsersOwnOnAClass() {
        Fixtures.run(ComposedTestCase.class);

        assertOptions("ComposedTestCase.load", "PT4S", Band.CRITICAL, "success rate < 7% for 10s");
    }

    @Test
    void takesThoseOfASuperclass() {
        Fixtures.run(InheritingTestCase.class);

        assertOptions("InheritingTestCase.inherited", "PT6S", Band.ACCEPTABLE, "success rate < 8% for 10s");
    }

    @Test
    void hasDefaults() {
        Fixtures.run(PlainTestCase.class);

        assertOptions("PlainTestCase.plain", "PT1M", Band.CRITICAL, "");
    }

    @Test
    void takesSettingsBeforeAnnotations() {
        Fixtures.run(InheritingTestCase.class, "stampede.timeout", "7s", "stampede.fail-on", "critical");

        assertOptions("InheritingTestCase.inherited", "PT7S", Band.CRITICAL, "success rate < 8% for 10s");
    }

    private static void assertOptions(String name, String timeout, Band failOn, String abortWhen) {
        Scenario scenario = Objects.requireNonNull(SCENARIOS.get(name), name);
        assertThat(scenario.timeout()).hasToString(timeout);
        assertThat(scenario.failOn()).isEqualTo(failOn);
        assertThat(String.join(
                        ", ", scenario.abortWhen().stream().map(AbortRule::text).toList()))
                .isEqualTo(abortWhen);
    }

    private abstract static class Remembering {
        @AfterEach
        void remember(LoadResult result) {
            SCENARIOS.put(result.scenario().name(), result.scenario());
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @OperationTimeout("4s")
    @AbortWhen("success rate < 7% for 10s")
    @interface Careful {}

    @OperationTimeout("2s")
    @FailOn(Band.ACCEPTABLE)
    @AbortWhen("success rate < 5% for 10s")
    static class OptionTestCase extends Remembering {

        @BasicLoadTest(concurrent = 1)
        void bare() {}

        @BasicLoadTest(concurrent = 1)
        @OperationTimeout("3s")
        @FailOn(Band.CRITICAL)
        @AbortWhen({"success rate < 6% for 10s", "throughput < 1 ops/s for 60s"})
        void own() {}

        @BasicLoadTest(concurrent = 1)
        @AbortWhen({})
        void without() {}

        @BasicLoadTest(concurrent = 1)
        @Careful
        void composed() {}

        @Nested
        class NestedTestCase {
            @BasicLoadTest(concurrent = 1)
            void outer() {}
        }

        @Nested
        @OperationTimeout("5s")
        class NestedAndSetTestCase {
            @BasicLoadTest(concurrent = 1)
            void nearest() {}
        }
    }

    @Careful
    static class ComposedTestCase extends Remembering {
        @BasicLoadTest(concurrent = 1)
        void load() {}
    }

    @OperationTimeout("6s")
    @FailOn(Band.ACCEPTABLE)
    @AbortWhen("success rate < 8% for 10s")
    abstract static class Base extends Remembering {}

    static class InheritingTestCase extends Base {
        @BasicLoadTest(concurrent = 1)
        void inherited() {}
    }

    static class PlainTestCase extends Remembering {
        @BasicLoadTest(concurrent = 1)
        void plain() {}
    }
}
