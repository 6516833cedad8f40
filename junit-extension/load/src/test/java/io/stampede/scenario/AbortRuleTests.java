package io.stampede.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stampede.metric.Metric;
import io.stampede.metric.Statistic;
import io.stampede.metric.Unit;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbortRuleTests {

    private static final Map<String, Unit> GAUGES = Map.of("Queue size", Unit.COUNT, "pool max", Unit.PERCENT);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            success rate < 90% for 10s            | success rate        | PERCENT    | true  | 90         | 10
            response time p95 > 1 s for 5s        | response time p95   | NANOS      | false | 1000000000 | 5
            Queue time P99.9 > 50ms for 1.5min    | response time p99.9 | NANOS      | false | 50000000   | 90
            service time mean>2 s for 1h          | service time mean   | NANOS      | false | 2000000000 | 3600
            mean service time>2 s for 1h          | service time mean   | NANOS      | false | 2000000000 | 3600
            throughput < 50 ops/s for 10 s        | throughput          | PER_SECOND | true  | 50         | 10
            throughput < 60/min for 10s           | throughput          | PER_SECOND | true  | 1          | 10
            queue size > 10,000 for 3s            | queue size          | COUNT      | false | 10000      | 3
            pool max > 80 % for 3s                | pool max            | PERCENT    | false | 80         | 3
            """)
    void readsAMetricABoundAndAWindow(
            String text, String metric, Unit unit, boolean upper, double value, long seconds) {
        AbortRule rule = AbortRule.parse(text, GAUGES);

        assertThat(rule.limit().metric())
                .isEqualTo(
                        metric.equals("pool max") ? Metric.GaugeValue.of(metric, Statistic.OWN) : Metric.parse(metric));
        assertThat(rule.limit().metric().unit()).isEqualTo(unit);
        assertThat(rule.limit().bound().unit()).isEqualTo(unit);
        assertThat(rule.limit().bound().upper()).isEqualTo(upper);
        assertThat(rule.limit().bound().holds(upper ? value * 0.99 : value * 1.01))
                .isTrue();
        assertThat(rule.limit().bound().holds(upper ? value * 1.01 : value * 0.99))
                .isFalse();
        assertThat(rule.window()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(rule.text()).isEqualTo(text);
    }

    @Test
    void holdsOnTheBoundaryOnlyWithAnEqualsSign() {
        assertThat(AbortRule.parse("queue size > 0 for 1s", GAUGES)
                        .limit()
                        .bound()
                        .holds(0))
                .isFalse();
        assertThat(AbortRule.parse("queue size > 0 for 1s", GAUGES)
                        .limit()
                        .bound()
                        .holds(1))
                .isTrue();
        assertThat(AbortRule.parse("queue size >= 0 for 1s", GAUGES)
                        .limit()
                        .bound()
                        .holds(0))
                .isTrue();
        assertThat(AbortRule.parse("success rate < 90 % for 1s", GAUGES)
                        .limit()
                        .bound()
                        .holds(90))
                .isFalse();
        assertThat(AbortRule.parse("success rate ≤ 90 % for 1s", GAUGES)
                        .limit()
                        .bound()
                        .holds(90))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            success rate < 90%                | it must be a metric, a bound and a window, such as "response time p95 > 1 s for 5s"
            success rate 90% for 10s          | it must be a metric, a bound and a window, such as "response time p95 > 1 s for 5s"
            < 90% for 10s                     | it must be a metric, a bound and a window, such as "response time p95 > 1 s for 5s"
            success rate < 90 for 10s         | its bound must be a percentage from 0 % to 100 %, such as "< 90 %", but was "< 90"
            success rate < 190% for 10s       | its bound must be a percentage from 0 % to 100 %, such as "< 90 %", but was "< 190%"
            response time p95 > 1 for 5s      | its bound must be a time, such as "> 1 s", but was "> 1"
            throughput < 50 for 5s            | its bound must be a rate, such as "< 50 ops/s", but was "< 50"
            queue size > many for 5s          | its bound must be a number, such as "> 10000", but was "> many"
            queue size > 10 for 100ms         | its window must be 1s to 1h, but was "100ms"
            queue size > 10 for 2h            | its window must be 1s to 1h, but was "2h"
            queue size > 10 for a while       | its window must be 1s to 1h, but was "a while"
            lag p95 > 1 s for 5s              | its metric must not be lag, which is the load generator's own
            queue size p95 > 10 for 5s        | its metric must be the gauge "queue size" alone, each of whose values counts, but was "queue size p95"
            response time > 1 s for 5s        | its metric must be response time with p50, p90, p95, p99, p99.9, min, max or mean, but was "response time"
            """)
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> AbortRule.parse(text, GAUGES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void namesTheGaugesThatThereAre() {
        assertThatThrownBy(() -> AbortRule.parse("things waiting > 5 for 3s", GAUGES))
                .hasMessageStartingWith("its metric \"things waiting\" is unknown. Known are response time")
                .hasMessageEndingWith("gauges of this test: Queue size, pool max");
    }
}
