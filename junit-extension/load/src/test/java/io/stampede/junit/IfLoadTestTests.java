package io.stampede.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.result.LoadResult;
import io.stampede.verdict.FinishedRun;
import io.stampede.verdict.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class IfLoadTestTests {

    @Test
    void isThereAfterALoadTestAndEmptyAfterAPlainOne() {
        MixedTestCase.seen.clear();

        Fixtures.run(MixedTestCase.class)
                .testEvents()
                .assertStatistics(stats -> stats.started(2).finished(2));

        assertThat(MixedTestCase.seen)
                .isEqualTo(Map.of("load", "3 of 3, verdict true, run true", "plain", "verdict false, run false"));
    }

    static class MixedTestCase {
        static final Map<String, String> seen = new TreeMap<>();

        @BasicLoadTest(concurrent = 3)
        void load() {}

        @Test
        void plain() {}

        @BeforeAll
        static void nothingYet(@IfLoadTest Optional<LoadResult> result) {
            assertThat(result).isEmpty();
        }

        @BeforeEach
        void nothingYetOfThisTest(@IfLoadTest Optional<FinishedRun> run) {
            assertThat(run).isEmpty();
        }

        @AfterEach
        void look(
                @IfLoadTest Optional<LoadResult> result,
                @IfLoadTest Optional<Verdict> verdict,
                @IfLoadTest Optional<FinishedRun> run,
                TestInfo test) {
            seen.put(
                    test.getTestMethod().orElseThrow().getName(),
                    result.map(load -> load.succeeded() + " of "
                                            + load.scenario().operations() + ", ")
                                    .orElse("")
                            + "verdict " + verdict.isPresent() + ", run " + run.isPresent());
        }
    }

    @Test
    void isEmptyIfTheLoadDidNotRun() {
        BrokenTestCase.seen = null;

        assertThat(Fixtures.failure(Fixtures.run(BrokenTestCase.class)))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessageContaining("concurrent = 0");
        assertThat(BrokenTestCase.seen).isEqualTo(Optional.empty());
    }

    static class BrokenTestCase {
        @org.jspecify.annotations.Nullable
        static Object seen;

        @BasicLoadTest(concurrent = 0)
        void load() {}

        @AfterEach
        void look(@IfLoadTest Optional<LoadResult> result) {
            seen = result;
        }
    }

    @Test
    void saysThatAPlainTestHasNoLoad() {
        for (Class<?> fixture : List.of(NotOptionalTestCase.class, OtherTestCase.class)) {
            assertThat(Fixtures.failure(Fixtures.run(fixture)))
                    .hasMessageMatching(
                            ".*@IfLoadTest on parameter \\w+ of look\\(\\.\\.\\): its type is .*, but a plain test"
                                    + " has no load, so write Optional<LoadResult>, Optional<Verdict> or Optional<FinishedRun>\\.");
        }
    }

    static class NotOptionalTestCase {
        @Test
        void plain() {}

        @AfterEach
        void look(@IfLoadTest LoadResult result) {}
    }

    static class OtherTestCase {
        @Test
        void plain() {}

        @AfterEach
        void look(@IfLoadTest Optional<String> text) {}
    }
}
