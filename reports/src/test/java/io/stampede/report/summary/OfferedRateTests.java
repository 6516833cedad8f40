package io.stampede.report.summary;

import static io.stampede.scenario.Rate.perSecond;
import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.report.testing.Samples;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OfferedRateTests {

    @Test
    void isThePaceOfThePlan() {
        // One every 10 ms for a minute, whatever became of them.
        assertThat(perSecondOf(Samples.sustained().result(), 61))
                .startsWith(100L, 100L, 100L)
                .endsWith(100L, 0L)
                .hasSize(61);
    }

    @Test
    void hasABurstAtEachTickOfARamp() {
        List<Long> offered = perSecondOf(Samples.ramp().result(), 60);

        for (int second = 0; second < 60; second++) {
            assertThat(offered.get(second)).as("second " + second).isEqualTo(second % 5 == 0 ? 42 : 0);
        }
    }

    @Test
    void hasTheStepsThatAStressTestRanAndNotThoseItPlanned() {
        List<Long> offered = perSecondOf(Samples.stress().result(), 40);

        assertThat(offered.get(2)).isEqualTo(100);
        assertThat(offered.get(28)).isEqualTo(1300);
        assertThat(offered.stream().mapToLong(Long::longValue).sum())
                .isEqualTo(Samples.stress().result().phases().stream()
                        .mapToLong(phase -> phase.planned())
                        .sum());
    }

    @Test
    void phasesBeginWhenTheyBegan() {
        LoadResult result = Samples.phases(
                new Kind.Custom(),
                List.of(
                        Workload.arrivals(perSecond(50), Duration.ofSeconds(2)),
                        Workload.poisson(perSecond(200), Duration.ofSeconds(2)),
                        Workload.burst(30)),
                List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(9)));

        List<Long> offered = perSecondOf(result, 11);

        assertThat(offered.subList(0, 5)).containsExactly(50L, 50L, 0L, 0L, 0L);
        assertThat(offered.get(5) + offered.get(6) + offered.get(7)).isEqualTo(400);
        assertThat(offered.subList(8, 11)).containsExactly(0L, 30L, 0L);
    }

    @Test
    void isNoneWhereUsersWaitForTheTarget() {
        LoadResult result = Samples.phases(
                new Kind.Custom(), List.of(Workload.users(10, Duration.ofSeconds(5))), List.of(Duration.ZERO));

        assertThat(OfferedRate.of(result)).isEmpty();
        assertThat(OfferedRate.of(Samples.empty().result())).isEmpty();
    }

    private static List<Long> perSecondOf(LoadResult result, int seconds) {
        OfferedRate rate = OfferedRate.of(result).orElseThrow();
        List<Long> offered = new ArrayList<>();
        for (int second = 1; second <= seconds; second++) {
            offered.add(rate.dueUntil(TimeUnit.SECONDS.toNanos(second)));
        }
        return offered;
    }
}
