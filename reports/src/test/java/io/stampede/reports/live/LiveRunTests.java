package io.stampede.reports.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.result.Distribution;
import io.stampede.result.Snapshot;
import io.stampede.result.Snapshot.Stage;
import io.stampede.scenario.Band;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Targets;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveRunTests {

    private final LiveBoard board = new LiveBoard();
    private final LiveRun run = board.begin(
            new Scenario(
                    "shop",
                    new Kind.Custom(),
                    List.of(new Phase("burst", Workload.burst(5))),
                    new Targets(List.of(), "none"),
                    Band.CRITICAL,
                    Duration.ofSeconds(60),
                    1,
                    42),
            Map.of());

    @Test
    void countsAnewAfterAWarmUpHoweverShort() throws Exception {
        run.progress(snapshot(Stage.WARM_UP, "warm-up", 500, 40, 40, 4, Map.of()));
        run.progress(snapshot(Stage.LOAD, "", 530, 45, 43, 5, Map.of()));
        run.progress(snapshot(Stage.LOAD, "", 1030, 85, 80, 6, Map.of()));

        LiveRun.View view = view();

        assertThat(view.warmUpSeconds()).isEqualTo(0.5);
        assertThat(view.points()).extracting(LivePoint::ended).containsExactly(40L, 43L, 37L);
        assertThat(view.points()).extracting(LivePoint::failed).containsExactly(4L, 5L, 1L);
        assertThat(view.points()).extracting(LivePoint::due).containsExactly(40.0, 45.0, 40.0);
        assertThat(view.points()).extracting(LivePoint::widthSeconds).containsExactly(0.5, 0.53, 0.5);
    }

    @Test
    void saysNothingOfWhatWasAskedForInAHalfSecondThatBeganWithUsers() throws Exception {
        run.progress(snapshot(Stage.LOAD, "open", 500, 60_000, 50_000, 0, Map.of()));
        run.progress(snapshot(Stage.LOAD, "users", 1000, Double.NaN, 60_005, 0, Map.of()));
        run.progress(snapshot(Stage.LOAD, "users", 1500, Double.NaN, 60_010, 0, Map.of()));
        run.progress(snapshot(Stage.LOAD, "again", 2000, 60_050, 60_060, 0, Map.of()));
        run.progress(snapshot(Stage.LOAD, "again", 2500, 60_100, 60_110, 0, Map.of()));
        run.progress(snapshot(Stage.LOAD, "users at the end", 3000, Double.NaN, 60_120, 0, Map.of()));
        run.progress(snapshot(Stage.LOAD, "", 3500, 60_100, 60_120, 0, Map.of()));

        assertThat(view().points())
                .extracting(LivePoint::due)
                .containsExactly(60_000.0, Double.NaN, Double.NaN, Double.NaN, 50.0, Double.NaN, Double.NaN);
    }

    @Test
    void neverMergesTheWarmUpWithTheLoad() throws Exception {
        for (int i = 1; i < LiveSeries.MAX_POINTS; i += 2) {
            run.progress(snapshot(Stage.WARM_UP, "warm-up", 500L * i, i, i, 0, Map.of()));
        }
        for (int i = 1; i < 3 * LiveSeries.MAX_POINTS; i++) {
            run.progress(snapshot(Stage.LOAD, "", 500L * i, 3.0 * i, 3L * i, 0, Map.of()));
        }

        List<LivePoint> points = view().points();

        assertThat(points).hasSizeLessThan(LiveSeries.MAX_POINTS);
        assertThat(points.stream()
                        .filter(LivePoint::warming)
                        .mapToLong(LivePoint::ended)
                        .sum())
                .isEqualTo(LiveSeries.MAX_POINTS - 1);
        assertThat(points.stream().filter(point -> !point.warming()).mapToLong(point -> point.ended() % 3))
                .containsOnly(0L);
    }

    @Test
    void keepsTheHigherOfTwoPercentilesAndMarksWherePhasesBegin() throws Exception {
        run.progress(snapshot(Stage.LOAD, "slow", 500, 1, 1, 0, Map.of()));
        run.progress(snapshot(Stage.SETTLING, "slow", 1000, 2, 2, 0, Map.of()));
        run.progress(snapshot(Stage.LOAD, "quick", 1500, 3, 3, 0, Map.of()));

        List<LivePoint> points = view().points();
        LivePoint both = points.get(0).plus(points.get(1));

        assertThat(view().phases()).containsExactly(new LiveRun.Mark("slow", 0), new LiveRun.Mark("quick", 1));
        assertThat(both.responseTime().p50()).isEqualTo(2e6);
        assertThat(both.stage()).isEqualTo(Stage.SETTLING);
        assertThat(both.widthSeconds()).isEqualTo(1);
    }

    @Test
    void chartsABoundedNumberOfGauges() throws Exception {
        Map<String, Double> many = new LinkedHashMap<>();
        for (int i = 0; i < LiveRun.MAX_GAUGES + 5; i++) {
            many.put("gauge " + i, i == 0 ? Double.NaN : i);
        }

        run.progress(snapshot(Stage.LOAD, "", 500, 1, 1, 0, many));

        assertThat(view().gauges()).hasSize(LiveRun.MAX_GAUGES).startsWith("gauge 0", "gauge 1");
        assertThat(view().moreGauges()).isEqualTo(5);
        assertThat(view().points().get(0).gauges()).startsWith(Double.NaN, 1.0, 2.0);
    }

    private LiveRun.View view() throws InterruptedException {
        return board.await(0, Duration.ZERO).runs().get(0);
    }

    private static Snapshot snapshot(
            Stage stage, String phase, long millis, double due, long done, long failed, Map<String, Double> gauges) {
        return new Snapshot(
                stage,
                phase,
                Duration.ofMillis(millis),
                Duration.ofHours(1),
                1_000_000,
                due,
                done - failed,
                failed,
                1e6,
                Distribution.of(new long[] {done * 1_000_000}, new long[] {1}),
                Distribution.EMPTY,
                gauges);
    }
}
