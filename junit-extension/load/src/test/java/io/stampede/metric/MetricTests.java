package io.stampede.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricTests {

    @ParameterizedTest
    @CsvSource({
        "Queue time P95, response time p95, NANOS, true",
        "response  time p95.0, response time p95, NANOS, true",
        "mean Response time, response time mean, NANOS, true",
        "p99.9 lag, lag p99.9, NANOS, true",
        "service time MIN, service time min, NANOS, true",
        "Throughput, throughput, PER_SECOND, false",
        "SUCCESS rate, success rate, PERCENT, false",
        "Pool use, pool use, COUNT, true",
        "pool use max, pool use max, COUNT, true",
        "mean pool use, mean pool use, COUNT, true",
    })
    void isWhatATextMeansAndNotTheText(String text, String label, Unit unit, boolean lower) {
        Metric metric = Metric.parse(text);

        assertThat(metric.label()).isEqualTo(label);
        assertThat(metric.unit()).isEqualTo(unit);
        assertThat(metric.lowerIsBetter()).isEqualTo(lower);
        assertThat(Metric.parse(label)).isEqualTo(metric).hasSameHashCodeAs(metric);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "response time",
                "lag last",
                "service time p0",
                "queue time p100",
                "throughput p95",
                "mean success rate",
                "response time p95 p99"
            })
    void refusesWhatNamesNothing(String text) {
        assertThatThrownBy(() -> Metric.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be ");
        assertThatThrownBy(() -> Metric.parse("x".repeat(201))).hasMessageContaining("at most 200 characters");
    }

    @Test
    void ofAGaugeIsTheSameWhateverItsUnit() {
        Metric.GaugeValue text = Metric.GaugeValue.of(" Pool  Use ", Statistic.OWN);

        assertThat(text)
                .isEqualTo(new Metric.GaugeValue("pool use", Statistic.OWN, Unit.SHARE))
                .isNotEqualTo(Metric.GaugeValue.of("pool use", Statistic.MAX))
                .isNotEqualTo(Metric.Throughput.OF_ALL);
        assertThat(text.isOf("POOL use")).isTrue();
    }

    @Test
    void ofTwoPartsIsNotTheSame() {
        Metric.Time whole = Metric.Time.response(95);
        Metric.Time pay = new Metric.Time(new Part("pay"), Clock.RESPONSE, Statistic.percentile(95));

        assertThat(pay).isNotEqualTo(whole);
        assertThat(pay.label()).isEqualTo("pay response time p95");
        assertThat(pay.on(Clock.SERVICE).label()).isEqualTo("pay service time p95");
    }

    @Test
    void prefersAGaugeOfTheWholeName() {
        Metric.GaugeValue parsed = (Metric.GaugeValue) Metric.parse("Pool max");

        assertThat(parsed.among(Map.of("Pool", Unit.SHARE)))
                .contains(Metric.GaugeValue.of("pool", Statistic.MAX))
                .get()
                .extracting(Metric::unit)
                .isEqualTo(Unit.SHARE);
        assertThat(parsed.among(Map.of("pool", Unit.COUNT, "pool  max", Unit.BYTES)))
                .contains(Metric.GaugeValue.of("pool max", Statistic.OWN))
                .get()
                .extracting(Metric::unit)
                .isEqualTo(Unit.BYTES);
        assertThat(parsed.among(Map.of("pool min", Unit.COUNT))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "respone time p95, response time p95",
        "Mean Respones Time, mean response time",
        "lagg max, lag max",
        "througput, throughput",
        "sucess rate, success rate",
        "pool sise, Pool size",
        "pool sise p99, Pool size p99",
        "latency of the moon,",
        "response, ",
        "respone time,"
    })
    void knowsWhichMetricIsNearest(String text, @Nullable String nearest) {
        assertThat(Metric.nearest(text, List.of("cats", "Pool size"))).isEqualTo(Optional.ofNullable(nearest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"throughput", "Success rate", "queue  time", "lag", "lag of replica", "p95 response time"})
    void refusesAGaugeWithTheNameOfAMeasure(String name) {
        assertThat(Metric.whyNoGauge(name)).get().asString().startsWith("must not be the name of a measure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Early stop", "Baseline", "Heap growth", "Capacity", "consumer lag", "throughput2"})
    void takesAGaugeWithTheNameOfARule(String name) {
        assertThat(Metric.whyNoGauge(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NANOS, 3200000, 3.2 ms",
        "PER_SECOND, 1234.5, '1,235 ops/s'",
        "PERCENT, 99.9996, 99.999 %",
        "SHARE, 0.25, 25 %",
        "SHARE, 0.07, 7 %",
        "SHARE, 0.999996, 99.999 %",
        "BYTES, 512, 512 B",
        "BYTES, 13107200, 12.5 MiB",
        "COUNT, -5, -5",
        "PERCENT, NaN, ? %",
        "BYTES, -1536, -1.5 KiB"
    })
    void areShownInTheirUnit(Unit unit, double value, String text) {
        assertThat(unit.format(value)).isEqualTo(text);
    }
}
