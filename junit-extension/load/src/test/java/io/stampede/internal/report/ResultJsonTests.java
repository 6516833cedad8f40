package io.stampede.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.stampede.internal.verdict.Comparisons;
import io.stampede.internal.verdict.Judge;
import io.stampede.internal.verdict.Results;
import io.stampede.metric.Band;
import io.stampede.metric.Metric;
import io.stampede.result.BreakingPoint;
import io.stampede.result.BreakingPoint.Runs;
import io.stampede.result.Distribution;
import io.stampede.result.GeneratorHealth;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.result.Recovery;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Validity;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultJsonTests {

    private static final Verdict PASSED = new Verdict(
            Verdict.Outcome.PASSED,
            List.of(new Verdict.Row(
                    new Subject.OfMetric(Metric.Time.response(95)),
                    "Queue time P95",
                    Band.TARGET,
                    "1 ms",
                    1e6,
                    "< 10ms",
                    "< 20ms",
                    "")),
            List.of(),
            List.of("Drift was not judged."));

    @Test
    void namesItsSchema() {
        assertThat(written(Results.basic().build(), PASSED)).containsEntry("schema", 1L);
    }

    @Test
    void carriesEveryFigureUnderANameWithItsUnit() {
        LoadResult result = Results.basic()
                .responseTime(Results.times(Duration.ofMillis(1), Duration.ofMillis(3)))
                .interval(0, Results.times(100, Duration.ofMillis(1)))
                .phaseResults(Results.phase("step 1", 10, 2, Duration.ofMillis(4), Map.of("queue size", 7.5)))
                .failure("java.io.IOException", "connection # reset", 2)
                .gauge("queue size", 9, 1, Double.NaN)
                .recovery(new Recovery(Duration.ofMillis(5), true, Duration.ofSeconds(5)))
                .breakingPoint(new BreakingPoint(100, 200, "mean 60 ms"))
                .fact("environment", "EMBEDDED")
                .build();

        Map<String, @Nullable Object> json = written(result, PASSED);

        assertThat(json)
                .containsEntry("startedAt", "2026-01-02T03:04:05Z")
                .containsEntry("elapsedNanos", 1_000_000_000L)
                .containsEntry("throughputPerSecond", 100L)
                .containsEntry("successPercent", 100L)
                .containsEntry("endedEarly", null)
                .containsEntry("facts", Map.of("environment", "EMBEDDED"));
        assertThat(json.get("responseTime"))
                .asInstanceOf(MAP)
                .containsEntry("count", 2L)
                .containsEntry("p50Nanos", 1_000_000L)
                .containsEntry("p99_9Nanos", 3_000_000L)
                .containsEntry("meanNanos", 2_000_000L)
                .containsKeys("p75Nanos", "p90Nanos", "p95Nanos", "p99Nanos", "maxNanos", "minNanos");
        assertThat(json.get("series")).asInstanceOf(LIST).hasSize(1);
        assertThat(first(json, "phases"))
                .containsEntry("name", "step 1")
                .containsEntry("gaugeMax", Map.of("queue size", 7.5))
                .containsEntry("settledNanos", null);
        assertThat(first(json, "failures")).containsEntry("count", 2L).containsEntry("shape", "connection # reset");
        assertThat(first(json, "gauges"))
                .containsEntry("max", 9L)
                .containsEntry("points", List.of(List.of(0L, 9L), List.of(100_000_000L, 1L)));
        assertThat(json.get("recovery")).asInstanceOf(MAP).containsEntry("tookNanos", 5_000_000L);
        assertThat(json.get("breakingPoint")).asInstanceOf(MAP).containsEntry("capacity", 100L);
        assertThat(json.get("machine")).asInstanceOf(MAP).containsEntry("processors", 2L);
        assertThat(json.get("scenario")).asInstanceOf(MAP).containsEntry("name", "checkout");
        assertThat(json.get("verdict"))
                .asInstanceOf(MAP)
                .containsEntry("outcome", "PASSED")
                .containsEntry("notes", List.of("Drift was not judged."))
                .extractingByKey("rows")
                .asInstanceOf(LIST)
                .first()
                .asInstanceOf(MAP)
                .containsEntry("band", "TARGET")
                .containsEntry("value", 1_000_000L);
    }

    @Test
    void carriesTheWarmUpAndTheRuleThatEndedTheRun() {
        LoadResult result = Results.basic()
                .warmUp(Results.phase("warm-up", 45, 5, Duration.ofMillis(3), Map.of()))
                .abortedBy("throughput < 50 ops/s for 10s: it was 3 ops/s")
                .build();

        Map<String, @Nullable Object> json = written(result, PASSED);

        assertThat(json).containsEntry("abortedBy", "throughput < 50 ops/s for 10s: it was 3 ops/s");
        assertThat(json.get("warmUp"))
                .asInstanceOf(MAP)
                .containsEntry("name", "warm-up")
                .containsEntry("failed", 5L);
        assertThat(json.get("scenario"))
                .asInstanceOf(MAP)
                .containsEntry("warmUp", null)
                .containsEntry("abortWhen", List.of());
        assertThat(written(Results.basic().build(), PASSED))
                .containsEntry("warmUp", null)
                .containsEntry("abortedBy", null);
    }

    @Test
    void carriesTheSearchOfAStressTestAndTheLawFittedToIt() {
        LoadResult result = Results.of(new Kind.Stress(10, 60, 10, Duration.ofSeconds(1), 0))
                .phaseResults(IntStream.rangeClosed(1, 6)
                        .mapToObj(i -> Results.phase(i + "0", i * 10L, 0, Duration.ofMillis(i * 10L), Map.of()))
                        .toArray(PhaseResult[]::new))
                .breakingPoint(new BreakingPoint(50, 60, "mean 60 ms", 40, 0, new Runs(2, 1), new Runs(1, 2), true))
                .build();

        Map<String, @Nullable Object> json = written(result, PASSED);

        assertThat(first(json, "phases")).containsEntry("breach", null);
        assertThat(json.get("phases"))
                .asInstanceOf(LIST)
                .last()
                .asInstanceOf(MAP)
                .containsEntry("breach", "mean response time 60 ms, limit 50 ms");
        assertThat(json.get("breakingPoint"))
                .asInstanceOf(MAP)
                .containsEntry("low", 40L)
                .containsEntry("high", 0L)
                .containsEntry("capacityRuns", Map.of("held", 2L, "broke", 1L))
                .containsEntry("brokeRuns", Map.of("held", 1L, "broke", 2L))
                .containsEntry("generatorLimited", true);
        assertThat(json.get("scalability"))
                .asInstanceOf(MAP)
                .containsEntry("sizes", 6L)
                .containsEntry("sigma", 0L)
                .containsEntry("peakOperations", null)
                .containsEntry("peakPerSecond", null)
                .containsKeys("lambdaPerSecond", "kappa", "errorPercent");
        assertThat(written(Results.basic().build(), PASSED)).containsEntry("scalability", null);
    }

    @Test
    void carriesTheLoadGenerator() {
        LoadResult result = Results.basic()
                .generator(new GeneratorHealth(
                        Validity.DEFAULT,
                        Duration.ofSeconds(10),
                        new GeneratorHealth.Starts(Duration.ofSeconds(8), Duration.ofSeconds(10)),
                        Distribution.EMPTY,
                        Results.times(10, Duration.ofMillis(1)),
                        new GeneratorHealth.Collections(12, Duration.ofMillis(40), Duration.ofMillis(17)),
                        new GeneratorHealth.Cpu(0.25, Double.NaN),
                        List.of()))
                .build();

        Map<String, @Nullable Object> json = written(result, Judge.judge(result));

        assertThat(json.get("generator"))
                .asInstanceOf(MAP)
                .containsEntry("validity", "STRICT")
                .containsEntry("watchedNanos", 10_000_000_000L)
                .containsEntry("plannedNanos", 8_000_000_000L)
                .containsEntry("startingNanos", 10_000_000_000L)
                .containsEntry("delivered", 0.8)
                .containsEntry("startRate", 0.8)
                .containsEntry("collections", 12L)
                .containsEntry("collectingNanos", 40_000_000L)
                .containsEntry("longestCollectionNanos", 17_000_000L)
                .containsEntry("processCpu", 0.25)
                .containsEntry("machineCpu", null)
                .extractingByKey("hiccups")
                .asInstanceOf(MAP)
                .containsEntry("p99Nanos", 1_000_000L);
        assertThat(json.get("verdict"))
                .asInstanceOf(MAP)
                .extractingByKey("generator")
                .asInstanceOf(LIST)
                .hasSize(6)
                .element(1)
                .asInstanceOf(MAP)
                .containsEntry("figure", "start rate")
                .containsEntry("unit", "PERCENT")
                .containsEntry("actual", "80 %")
                .containsEntry("value", 80L)
                .containsEntry("limit", ">= 99 %")
                .containsEntry("standing", "BROKEN");
    }

    @Test
    void writesNullForWhatWasNotMeasured() {
        Map<String, @Nullable Object> json = written(
                Results.basic().nothingEnded().gauge("q", 1, 1, Double.NaN).build(), PASSED);

        assertThat(json).containsEntry("throughputPerSecond", null).containsEntry("recovery", null);
        assertThat(json.get("responseTime")).asInstanceOf(MAP).containsEntry("p95Nanos", null);
        assertThat(first(json, "gauges")).containsEntry("afterRecovery", null);
    }

    @Test
    void keepsMessagesWithQuotesLineBreaksAndControlCharacters() {
        String message = "a \"quoted\"\n\u001b[31m \u2028 \\ message";

        Map<String, @Nullable Object> json =
                written(Results.basic().failure("X", message, 1).build(), PASSED);

        assertThat(first(json, "failures")).containsEntry("shape", message);
    }

    @Test
    void leavesTheWriterOpenAndReportsItsFailure() {
        Writer broken = new Writer() {
            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                throw new IOException("disk full");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };

        assertThatThrownBy(() -> ResultJson.write(Results.basic().build(), PASSED, broken))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("checkout")
                .hasRootCauseMessage("disk full");
    }

    private static Map<String, @Nullable Object> written(LoadResult result, Verdict verdict) {
        StringWriter text = new StringWriter();
        ResultJson.write(result, verdict, text);
        return Json.read(text.toString());
    }

    @Test
    void carriesTheComparisonWithEarlierRuns() {
        LoadResult result = Results.basic().maxSlowdown(0.1).build();

        Map<String, @Nullable Object> written = written(result, Judge.judge(result, Comparisons.slower(0.23)));

        assertThat(String.valueOf(written.get("scenario"))).contains("maxSlowdownPercent=10");
        assertThat(String.valueOf(written.get("comparison")))
                .contains("state=SLOWER", "runs=7", "errorRatePercent=2", "notes=[One run was left out.]")
                .contains("measure=P95, label=response time p95, now=12300000, before=10000000, changePercent=23")
                .contains("decision=SLOWER")
                .contains("startedAt=2026-01-01T00:00:00Z, commit=abc123, standing=SAME, baseline=true")
                .contains("figures={P95=10000000}");
        assertThat(written(result, Judge.judge(result))).containsEntry("comparison", null);
    }

    @SuppressWarnings("unchecked") // the schema says so
    private static Map<String, @Nullable Object> first(Map<String, @Nullable Object> json, String array) {
        return (Map<String, @Nullable Object>)
                ((List<@Nullable Object>) java.util.Objects.requireNonNull(json.get(array))).get(0);
    }
}
