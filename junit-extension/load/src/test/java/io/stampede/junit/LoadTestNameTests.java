package io.stampede.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.baseline.Comparison;
import io.stampede.operation.Iteration;
import io.stampede.verdict.FinishedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LoadTestNameTests {

    /** What the fixtures ran, in order. */
    private static final List<FinishedRun> RUNS = new ArrayList<>();

    @TempDir
    Path history;

    @BeforeEach
    void forget() {
        RUNS.clear();
    }

    private List<String> names(Class<?> fixture) {
        String before = System.getProperty("stampede.history.dir"); // that of the build wins over parameters
        System.setProperty("stampede.history.dir", history.toString());
        try {
            Fixtures.run(fixture, "stampede.history", "on");
        } finally {
            if (before == null) {
                System.clearProperty("stampede.history.dir");
            } else {
                System.setProperty("stampede.history.dir", before);
            }
        }
        return RUNS.stream().map(run -> run.result().scenario().name()).toList();
    }

    private abstract static class Recording {
        @AfterEach
        void record(FinishedRun run) {
            RUNS.add(run);
        }
    }

    @Test
    void overloadsAreNamedByTheirParametersAndHaveAHistoryEach() {
        assertThat(names(OverloadedTestCase.class))
                .containsExactlyInAnyOrder(
                        "OverloadedTestCase.load()",
                        "OverloadedTestCase.load(Iteration)",
                        "OverloadedTestCase.load(TestInfo)",
                        "OverloadedTestCase.other");
        assertThat(RUNS).extracting(LoadTestNameTests::earlierRuns).containsOnly(0);
        assertThat(RUNS).extracting(run -> run.result().scenario().seed()).doesNotHaveDuplicates();
    }

    static class OverloadedTestCase extends Recording {
        @BasicLoadTest(concurrent = 20)
        void load() {}

        @BasicLoadTest(concurrent = 20)
        void load(Iteration it) {}

        @BasicLoadTest(concurrent = 20)
        void load(TestInfo info) {}

        @BasicLoadTest(concurrent = 20)
        void other() {}

        @Test
        void other(TestInfo noLoadTest) {}
    }

    @Test
    void invocationsOfAClassAreNamedByTheirArgumentsAndHaveAHistoryEach() {
        assertThat(names(ParameterizedTestCase.class))
                .containsExactly(
                        "ParameterizedTestCase[size=5].load",
                        "ParameterizedTestCase[size=5].Inner.load",
                        "ParameterizedTestCase[size=9].load",
                        "ParameterizedTestCase[size=9].Inner.load",
                        "ParameterizedTestCase[size=5 #3].load",
                        "ParameterizedTestCase[size=5 #3].Inner.load");
        assertThat(RUNS).extracting(LoadTestNameTests::earlierRuns).containsOnly(0);

        RUNS.clear();
        names(ParameterizedTestCase.class);
        assertThat(RUNS)
                .as("next build")
                .extracting(LoadTestNameTests::earlierRuns)
                .containsOnly(1);
    }

    @ParameterizedClass
    @ValueSource(ints = {5, 9, 5})
    static class ParameterizedTestCase extends Recording {
        @Parameter
        int size;

        @BasicLoadTest(concurrent = 20)
        void load() {}

        @Nested
        class Inner {
            @BasicLoadTest(concurrent = 20)
            void load() {}
        }
    }

    @Test
    void argumentsThatDifferFromBuildToBuildAreNamedByTheIndex() {
        List<String> first = names(UnstableTestCase.class);

        assertThat(first).allMatch(name -> name.matches("UnstableTestCase\\[server=Server#[12]]\\.load"));
        RUNS.clear();
        assertThat(names(UnstableTestCase.class)).isEqualTo(first);
        assertThat(RUNS).extracting(LoadTestNameTests::earlierRuns).containsOnly(1);
    }

    @ParameterizedClass
    @MethodSource("servers")
    static class UnstableTestCase extends Recording {
        @Parameter
        Server server = new Server();

        static Stream<Server> servers() {
            return Stream.of(new Server(), new Server());
        }

        @BasicLoadTest(concurrent = 20)
        void load() {}

        static class Server {}
    }

    @Test
    void nestedClassesSayWhatTheyAreNestedIn() {
        assertThat(names(OuterTestCase.class))
                .containsExactlyInAnyOrder("OuterTestCase.First.Deep.load", "OuterTestCase.Second.Deep.load");
    }

    static class OuterTestCase extends Recording {
        @Nested
        class First {
            @Nested
            class Deep {
                @BasicLoadTest(concurrent = 20)
                void load() {}
            }
        }

        @Nested
        class Second {
            @Nested
            class Deep {
                @BasicLoadTest(concurrent = 20)
                void load() {}
            }
        }
    }

    private static int earlierRuns(FinishedRun run) {
        Comparison comparison = run.verdict().comparison();
        return comparison == null ? -1 : comparison.runs();
    }
}
