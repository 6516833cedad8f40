package io.stampede.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stampede.metric.Clock;
import io.stampede.metric.Metric;
import io.stampede.metric.Statistic;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutcomesTests {

    private static final Distribution FAST = Distribution.of(new long[] {10, 20}, new long[] {3, 1});
    private static final Distribution SLOW = Distribution.of(new long[] {20, 900}, new long[] {2, 4});

    private final Outcomes some = new Outcomes(4, 1, FAST, FAST);
    private final Outcomes others = new Outcomes(6, 2, SLOW, FAST);

    @Test
    void addUpAndSubtractWithoutLoss() {
        Outcomes both = some.plus(others);

        assertThat(both.succeeded()).isEqualTo(10);
        assertThat(both.failed()).isEqualTo(3);
        assertThat(both.responseTime().percentile(100)).isEqualTo(Duration.ofNanos(900));
        assertThat(both.minus(others)).isEqualTo(some);
        assertThat(both.minus(some)).isEqualTo(others);
        assertThat(both.minus(both)).isEqualTo(Outcomes.NONE);
        assertThat(Outcomes.NONE.plus(some)).isEqualTo(some).isEqualTo(some.plus(Outcomes.NONE));
    }

    @Test
    void refuseToLoseWhatTheyDoNotHave() {
        assertThatThrownBy(() -> some.minus(others)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FAST.minus(SLOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20 ns");
        assertThatThrownBy(() -> new Outcomes(-1, 0, FAST, FAST)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void answerForTheirOwnTimesAndRates() {
        Duration time = Duration.ofSeconds(2);

        assertThat(some.value(Metric.Throughput.OF_ALL, time)).isEqualTo(2.5);
        assertThat(some.value(Metric.SuccessRate.OF_ALL, time)).isEqualTo(80);
        assertThat(some.value(Metric.Time.of(Clock.RESPONSE, Statistic.MAX), time))
                .isEqualTo(20);
        assertThat(others.value(Metric.Time.of(Clock.RESPONSE, Statistic.MIN), time))
                .isEqualTo(20);
        assertThat(others.value(Metric.Time.of(Clock.SERVICE, Statistic.percentile(75)), time))
                .isEqualTo(10);
        assertThat(others.value(Metric.Time.of(Clock.SERVICE, Statistic.MEAN), time))
                .isEqualTo(12.5);
        assertThat(some.value(Metric.Time.of(Clock.LAG, Statistic.MAX), time)).isNaN();
        assertThat(Outcomes.NONE.value(Metric.Throughput.OF_ALL, time)).isNaN();
        assertThat(Outcomes.NONE.value(Metric.SuccessRate.OF_ALL, time)).isNaN();
        assertThat(some.perSecond(Duration.ZERO)).isNaN();
    }
}
