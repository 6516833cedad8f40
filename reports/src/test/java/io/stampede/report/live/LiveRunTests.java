package io.stampede.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.metric.Band;
import io.stampede.metric.Unit;
import io.stampede.report.testing.Samples;
import io.stampede.result.Distribution;
import io.stampede.result.GaugeSeries;
import io.stampede.result.Outcomes;
import io.stampede.result.Snapshot;
import io.stampede.result.Snapshot.Stage;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.targets.Targets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(view.points().points()).extracting(LivePoint::ended).containsExactly(40L, 43L, 37L);
        assertThat(view.points().points()).extracting(LivePoint::failed).containsExactly(4L, 5L, 1L);
        assertThat(view.points().points()).extracting(LivePoint::due).containsExactly(40.0, 45.0, 40.0);
        assertThat(view.points().points()).extracting(LivePoint::widthSeconds).containsExactly(0.5, 0.53, 0.5);
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

        assertThat(view().points().points())
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

        board.end(null);

        List<LivePoint> points = view().points().points();

        assertThat(points).hasSizeLessThan(LiveSeries.MAX_POINTS);
        assertThat(points.stream()
                        .filter(LivePoint::warming)
                        .mapToLong(LivePoint::ended)
                        .sum())
                .isEqualTo(LiveSeries.MAX_POINTS - 1);
        assertThat(points.stream().filter(point -> !point.warming()).mapToLong(point -> point.ended() % 3))
                .containsOnly(0L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 1000})
    void aPageThatFollowsAndAFreshOneKnowAllOperationsAtEachInstant(int every) throws Exception {
        Follower follower = new Follower();
        for (int half = 1; half <= 1501; half++) { // not of the load's stride at the end
            run.progress(snapshot(Stage.WARM_UP, "warm-up", 500L * half, half, 3L * half, 0, Map.of()));
            if (half % every == 0) {
                follower.look();
                assertThat(follower.ended(true)).as("warm-up, half %d", half).isEqualTo(3L * half);
            }
        }
        for (int half = 1; half <= 5003; half++) {
            Stage stage = half % 400 < 30 ? Stage.SETTLING : Stage.LOAD;
            run.progress(snapshot(stage, "", 500L * half, half, 7L * half, half, Map.of()));
            if (half % every == 0) {
                follower.look();
                assertThat(follower.ended(true)).as("warm-up").isEqualTo(3L * 1501);
                assertThat(follower.ended(false)).as("load, half %d", half).isEqualTo(7L * half);
            }
        }
        run.finished(Samples.basic().result(), Samples.basic().verdict());
        follower.look();
        Follower fresh = new Follower();
        fresh.look();

        assertThat(follower.ended(false)).isEqualTo(7L * 5003);
        assertThat(follower.shown().stream().mapToLong(LivePoint::failed).sum()).isEqualTo(5003);
        assertThat(follower.shown())
                .hasSizeLessThanOrEqualTo(LiveSeries.MAX_POINTS)
                .isEqualTo(fresh.shown());
        assertThat(follower.growing).as("nothing grows any more").isNull();
    }

    @Test
    void tellsWhatTheNewestHalfSecondWasHoweverLongThePointsAre() throws Exception {
        for (int half = 1; half <= 3000; half++) {
            run.progress(snapshot(Stage.LOAD, "", 500L * half, half, 10L * half, 0, Map.of("queue", 9.0)));
        }
        run.progress(snapshot(Stage.LOAD, "", 1_500_500, 3001, 30_002, 0, Map.of("queue", 1.0)));

        LiveRun.View view = view();

        LivePoint newest = Objects.requireNonNull(view.newest());
        assertThat(newest.ended()).isEqualTo(2);
        assertThat(newest.widthSeconds()).isEqualTo(0.5);
        assertThat(newest.gauges()).containsExactly(1.0);
        assertThat(Objects.requireNonNull(view.points().growing()).endSeconds())
                .as("the charts are as new")
                .isEqualTo(newest.endSeconds());
    }

    @Test
    void keepsTheHigherOfTwoPercentilesAndMarksWherePhasesBegin() throws Exception {
        run.progress(snapshot(Stage.LOAD, "slow", 500, 1, 1, 0, Map.of()));
        run.progress(snapshot(Stage.SETTLING, "slow", 1000, 2, 2, 0, Map.of()));
        run.progress(snapshot(Stage.LOAD, "quick", 1500, 3, 3, 0, Map.of()));

        List<LivePoint> points = view().points().points();
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
        assertThat(view().points().points().get(0).gauges()).startsWith(Double.NaN, 1.0, 2.0);
    }

    @Test
    void showsTheEnginesGaugesInTheUnitsOfTheReport() throws Exception {
        Map<String, Double> gauges = new LinkedHashMap<>();
        gauges.put("queue", 5.0 * (1 << 20));
        gauges.put(GaugeSeries.HEAP_AFTER_COLLECTION, 48.0 * (1 << 20));
        gauges.put(GaugeSeries.PROCESS_CPU, 12.5);
        gauges.put(GaugeSeries.MACHINE_CPU, 80.0);
        gauges.put(GaugeSeries.COLLECTING, 0.25);

        run.progress(snapshot(Stage.LOAD, "", 500, 1, 1, 0, gauges));

        assertThat(new String(LiveJson.of(board.await(0, Duration.ZERO)), StandardCharsets.UTF_8))
                .contains(
                        "{\"name\":\"queue\",\"unit\":\"\"}",
                        "{\"name\":\"heap after collection\",\"unit\":\"MiB\"}",
                        "{\"name\":\"CPU of this process\",\"unit\":\"%\"}",
                        "{\"name\":\"CPU of the machine\",\"unit\":\"%\"}",
                        "{\"name\":\"time in GC pauses\",\"unit\":\"%\"}");
        assertThat(view().points().points().get(0).gauges()).containsExactly(5.0 * (1 << 20), 48.0, 12.5, 80.0, 0.25);
    }

    /** What the page's script does with what it hears. */
    private final class Follower {

        private final List<LivePoint> closed = new ArrayList<>();
        private @Nullable LivePoint growing;
        private long version;

        void look() throws InterruptedException {
            LiveBoard.View view = board.await(version, Duration.ZERO);
            version = view.version();
            for (LiveRun.View heard : view.runs()) {
                if (heard.points().whole()) {
                    closed.clear();
                }
                closed.addAll(heard.points().points());
                growing = heard.points().growing();
            }
        }

        List<LivePoint> shown() {
            List<LivePoint> shown = new ArrayList<>(closed);
            if (growing != null) {
                shown.add(growing);
            }
            return shown;
        }

        long ended(boolean warming) {
            return shown().stream()
                    .filter(point -> point.warming() == warming)
                    .mapToLong(LivePoint::ended)
                    .sum();
        }
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
                new Snapshot.Progress(done - failed, failed, 1e6),
                new Outcomes(1, 0, Distribution.of(new long[] {done * 1_000_000}, new long[] {1}), Distribution.EMPTY),
                readings(gauges));
    }

    /** With the units that the engine's own gauges have; others are plain numbers. */
    static Map<String, Snapshot.Reading> readings(Map<String, Double> gauges) {
        Map<String, Snapshot.Reading> readings = new LinkedHashMap<>();
        gauges.forEach((gauge, value) -> {
            Unit unit = gauge.equals(GaugeSeries.HEAP_AFTER_COLLECTION)
                    ? Unit.BYTES
                    : GaugeSeries.ofEngine(gauge) ? Unit.PERCENT : Unit.COUNT;
            readings.put(gauge, new Snapshot.Reading(unit, value));
        });
        return readings;
    }
}
