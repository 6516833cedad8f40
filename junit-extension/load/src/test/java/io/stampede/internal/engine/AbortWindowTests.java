package io.stampede.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.internal.engine.AbortWindow.Look;
import io.stampede.internal.recorder.Recorder;
import io.stampede.metric.Unit;
import io.stampede.result.Distribution;
import io.stampede.result.Outcomes;
import io.stampede.result.Snapshot;
import io.stampede.scenario.AbortRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Times are fed by hand, in nanoseconds since the load began. */
class AbortWindowTests {

    private static final long TICK = 100_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private long now;

    @Test
    void saysNothingBeforeTheRunIsAsOldAsTheWindow() {
        AbortWindow window = window("success rate < 90% for 10s");

        feed(window, 9.9, operations(0, 5));
        assertThat(window.beyond()).isNaN();

        feed(window, 0.1, operations(0, 5));
        assertThat(window.beyond()).isZero();
    }

    @Test
    void looksAtTheWindowAloneAndNotAtTheRun() {
        AbortWindow window = window("success rate < 90% for 10s");

        feed(window, 100, operations(100, 0));
        feed(window, 9, operations(88, 12));
        // 9 s at 88 % and 1 s at 100 %: 89.2 %.
        assertThat(window.beyond()).isBetween(89.1, 89.5);

        feed(window, 10, operations(95, 5));
        assertThat(window.beyond()).isNaN();
    }

    @Test
    void doesNotHoldOnTheBoundary() {
        AbortWindow window = window("success rate < 90% for 2s");

        feed(window, 4, operations(9, 1));

        assertThat(window.beyond()).isNaN();
    }

    @Test
    void takesPercentilesOfWhatEndedWithinTheWindow() {
        AbortWindow window = window("response time p95 > 1 s for 5s");

        feed(window, 60, responses(100, SECOND / 2));
        assertThat(window.beyond()).isNaN();

        // 4 % of the window's operations are slow, then 8 %.
        feed(window, 0.2, responses(100, 2 * SECOND));
        assertThat(window.beyond()).isNaN();
        feed(window, 0.2, responses(100, 2 * SECOND));
        assertThat(window.beyond()).isEqualTo(2e9);

        feed(window, 6, responses(100, SECOND / 2));
        assertThat(window.beyond()).isNaN();
    }

    @Test
    void countsATargetThatStandsStillAsNoThroughput() {
        AbortWindow window = window("throughput < 50 ops/s for 3s");

        feed(window, 10, operations(10, 0));
        assertThat(window.beyond()).isNaN();

        feed(window, 3.2, Look.NOTHING);
        assertThat(window.beyond()).isZero();
    }

    @Test
    void measuresThroughputOverTheTimeThatItCovers() {
        AbortWindow window = window("throughput <= 70 ops/s for 3s");

        feed(window, 20, operations(6, 1));

        assertThat(window.beyond()).isEqualTo(70);
    }

    @Test
    void saysNothingWhereNothingEnded() {
        AbortWindow success = window("success rate < 90% for 1s");
        AbortWindow times = window("service time max > 1 s for 1s");

        feed(success, 5, Look.NOTHING);
        now = 0;
        feed(times, 5, operations(0, 3));

        assertThat(success.beyond()).isNaN();
        assertThat(times.beyond()).isNaN();
    }

    @Test
    void wantsEveryValueOfAGaugeBeyondTheBound() {
        AbortWindow window = window("queue size > 100 for 3s");

        feed(window, 5, gauge(150, 400));
        assertThat(window.beyond()).isEqualTo(150);

        feed(window, 0.1, gauge(100, 400));
        feed(window, 2.8, gauge(150, 400));
        assertThat(window.beyond())
                .as("a value on the bound is still in the window")
                .isNaN();

        feed(window, 0.3, gauge(150, 400));
        assertThat(window.beyond()).isEqualTo(150);
    }

    @Test
    void wantsEveryValueOfAGaugeBelowALowerBound() {
        AbortWindow window = window("queue size < 10 for 3s");

        feed(window, 5, gauge(1, 9));
        assertThat(window.beyond()).isEqualTo(9);

        feed(window, 0.1, gauge(1, 11));
        assertThat(window.beyond()).isNaN();
    }

    @Test
    void passesOverLooksInWhichAGaugeWasNotRead() {
        AbortWindow window = window("queue size > 100 for 3s");

        for (int i = 0; i < 20; i++) {
            feed(window, 0.1, gauge(150, 150));
            feed(window, 0.4, Look.NOTHING);
        }
        assertThat(window.beyond()).isEqualTo(150);

        feed(window, 4, Look.NOTHING);
        assertThat(window.beyond()).isNaN();
    }

    @Test
    void staysSmallHoweverLongTheRunIs() {
        AbortWindow window = window("response time p95 > 1 s for 60s");

        feed(window, 3600, responses(1, SECOND));

        assertThat(window.size()).isLessThanOrEqualTo(52);
    }

    @Test
    void namesTheRuleThatWasBrokenAndWhatWasSeen() {
        AbortWatch watch = new AbortWatch(List.of(
                AbortRule.parse("queue size > 10000 for 3s", Map.of("Queue  size", Unit.COUNT)),
                AbortRule.parse("success rate < 90% for 1s", Map.of())));
        for (int tick = 1; tick < 10; tick++) {
            assertThat(watch.look(tick * TICK, live(84, 16), Map.of())).isEmpty();
        }

        assertThat(watch.look(10 * TICK, live(84, 16), Map.of())).contains("success rate < 90% for 1s: it was 84 %");
        for (int tick = 11; tick < 50; tick++) {
            watch.look(tick * TICK, live(0, 0), Map.of("queue size", new GaugeSampler.Range(10_500, 20_000)));
        }
        assertThat(watch.look(50 * TICK, live(0, 0), Map.of()))
                .contains("queue size > 10000 for 3s: it was 10,500 or more");
    }

    private void feed(AbortWindow window, double seconds, Look each) {
        for (int tick = 0; tick < Math.round(seconds * 10); tick++) {
            now += TICK;
            window.add(now, each);
        }
    }

    private static AbortWindow window(String rule) {
        return new AbortWindow(AbortRule.parse(rule, Map.of("queue size", Unit.COUNT)));
    }

    private static Look operations(long succeeded, long failed) {
        return new Look(outcomes(succeeded, failed, Distribution.EMPTY), GaugeSampler.Range.NOTHING);
    }

    private static Look responses(long count, long nanos) {
        Distribution times = Distribution.of(new long[] {nanos}, new long[] {count});
        return new Look(outcomes(count, 0, times), GaugeSampler.Range.NOTHING);
    }

    private static Look gauge(double low, double high) {
        return new Look(outcomes(1, 0, Distribution.EMPTY), new GaugeSampler.Range(low, high));
    }

    private static Outcomes outcomes(long succeeded, long failed, Distribution response) {
        return new Outcomes(succeeded, failed, response, Distribution.EMPTY);
    }

    /** What has ended since the last look. */
    private static Recorder.Live live(long succeeded, long failed) {
        return new Recorder.Live(
                new Snapshot.Progress(succeeded, failed, Double.NaN), outcomes(succeeded, failed, Distribution.EMPTY));
    }
}
