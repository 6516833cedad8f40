package io.stampede.junit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.operation.Iteration;
import io.stampede.result.BreakingPoint;
import io.stampede.result.BreakingPoint.Runs;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StressSearchTests {

    @Test
    void findsTheBreakingPointBetweenTheGrowingSteps() {
        SearchTestCase.result.set(null);

        Fixtures.run(SearchTestCase.class);

        LoadResult result = requireNonNull(SearchTestCase.result.get());
        BreakingPoint point = requireNonNull(result.breakingPoint());
        assertThat(point.reason()).startsWith("success rate");
        assertThat(point)
                .isEqualTo(new BreakingPoint(37, 38, point.reason(), 37, 38, new Runs(3, 0), new Runs(0, 3), false));
        assertThat(result.phases())
                .extracting(PhaseResult::name)
                .containsExactly(
                        "10 at once",
                        "20 at once",
                        "30 at once",
                        "40 at once",
                        "35 at once",
                        "37 at once",
                        "38 at once",
                        "37 at once #2",
                        "38 at once #2",
                        "37 at once #3",
                        "38 at once #3");
    }

    @Test
    void searchesASmallerRangeWhereTheRunIsScaledDown() {
        SearchTestCase.result.set(null);

        Fixtures.run(SearchTestCase.class, "stampede.scale", "0.1");

        LoadResult result = requireNonNull(SearchTestCase.result.get());
        assertThat(result.phases()).extracting(PhaseResult::planned).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(result.breakingPoint()).isEqualTo(new BreakingPoint(8, 0, "not reached up to 8"));
    }

    static class SearchTestCase {
        static final AtomicReference<@Nullable LoadResult> result = new AtomicReference<>();

        @AfterEach
        void after(LoadResult here) {
            result.set(here);
        }

        @StressTest(from = 10, to = 80, step = 10, settle = "1ms", resolution = 0.02)
        void breaksAbove37(Iteration it) {
            long size = Long.parseLong(it.phase().substring(0, it.phase().indexOf(' ')));
            if (size > 37) {
                throw new IllegalStateException("full");
            }
        }
    }
}
