package io.stampede.internal.report;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.internal.verdict.Comparisons;
import io.stampede.internal.verdict.Judge;
import io.stampede.internal.verdict.Results;
import io.stampede.result.BreakingPoint;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Workload;
import io.stampede.targets.Targets;
import io.stampede.verdict.GeneratorFigure;
import io.stampede.verdict.Verdict;
import io.stampede.verdict.Verdict.Reading;
import io.stampede.verdict.Verdict.Reading.Standing;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictTableTests {

    @Test
    void showsWhatWasRunMeasuredAndJudged() {
        LoadResult result = Results.basic()
                .targets(Targets.builtIn())
                .scale(0.1)
                .fact("environment", "EMBEDDED")
                .gauge("queue size", 9, 1, Double.NaN)
                .build();

        assertThat(VerdictTable.render(result, Judge.judge(result))).isEqualTo("""
                        PASSED checkout, basic load: 100 at once, on EMBEDDED, at 0.1 of its size
                        100 operations in 1 s, 0 failed, p50 1 ms, p95 1 ms, p99 1 ms, max 1 ms, 100 ops/s, service time p95
                          500 us, queue size max 9

                        Metric             Actual     Target        Acceptable   Verdict
                        -----------------  ---------  ------------  -----------  -------
                        Response time P95  1 ms       < 10ms        < 20ms       TARGET
                        Response time P99  1 ms       < 20ms        < 50ms       TARGET
                        Throughput         100 ops/s  100+ ops/sec  50+ ops/sec  TARGET
                        Queue size         9          < 100         < 500        TARGET
                        Success rate       100 %      > 99.9%       > 99%        TARGET""");
    }

    @Test
    void putsTheWorstFirstInFailureMessages() {
        LoadResult result = Results.basic()
                .targets(Targets.builtIn())
                .gauge("queue size", 9, 1, Double.NaN)
                .counts(90, 10)
                .failure("java.io.IOException", "connection # reset", 10)
                .build();

        String text = VerdictTable.renderWorstFirst(result, Judge.judge(result));

        assertThat(text).startsWith("checkout: success rate was 90 %, critical below 99 %");
        assertThat(text.indexOf("Success rate ")).isLessThan(text.indexOf("Response time P95 "));
        assertThat(text).contains("10 x java.io.IOException: connection # reset");
    }

    @Test
    void showsEachStepOfAStressTest() {
        LoadResult result = Results.of(new Kind.Stress(100, 200, 100, ofSeconds(1), 0))
                .phases(List.of(new Phase("100", Workload.burst(100)), new Phase("200", Workload.burst(200))))
                .counts(300, 0)
                .gauge("queue size", 2000, 0, 0)
                .phaseResults(
                        Results.phase("step 100", 100, 0, ofMillis(1), Map.of("queue size", 10.0)),
                        Results.phase("step 200", 200, 0, ofMillis(60), Map.of("queue size", 2000.0)))
                .breakingPoint(new BreakingPoint(100, 200, "queue size 2,000, limit 1,000"))
                .build();

        assertThat(VerdictTable.render(result, Judge.judge(result)))
                .contains("Phase     Operations  p95    Mean   Throughput  Success  queue size max  Limits")
                .contains("step 100  100         1 ms   1 ms   100 ops/s   100 %    10              kept")
                .contains("step 200  200         60 ms  60 ms  200 ops/s   100 %    2,000           broke")
                .contains("Capacity: 100 held, 200 broke: queue size 2,000, limit 1,000");
    }

    @Test
    void leavesNoRoomForAColumnWithoutAHeading() {
        LoadResult result = Results.of(new Kind.Stress(100, 200, 100, ofSeconds(1), 0))
                .counts(300, 0)
                .phaseResults(
                        Results.phase("step 100", 100, 0, ofMillis(1), Map.of()),
                        Results.phase("step 200", 200, 0, ofMillis(60), Map.of()))
                .breakingPoint(new BreakingPoint(100, 200, "why"))
                .build();

        assertThat(VerdictTable.render(result, Judge.judge(result)))
                .contains("Phase     Operations  p95    Mean   Throughput  Success  Limits\n");
    }

    @Test
    void showsTheWarmUpApart() {
        LoadResult result = Results.basic()
                .warmUp(Results.phase("warm-up", 45, 5, ofMillis(3), Map.of()))
                .build();

        assertThat(VerdictTable.render(result, Judge.judge(result)))
                .startsWith("PASSED checkout, basic load: 100 at once\n100 operations in 1 s, 0 failed")
                .contains("\nWarm-up, in no other figure: 50 operations in 1 s, 5 failed, p95 3 ms");
    }

    @Test
    void saysWhichRuleEndedTheRun() {
        LoadResult result = Results.basic()
                .planned(1000)
                .abortedBy("success rate < 90% for 10s: it was 50 %, after 100 of 1,000 operations")
                .build();

        assertThat(VerdictTable.renderWorstFirst(result, Judge.judge(result)))
                .startsWith("checkout: ended early, success rate < 90% for 10s: it was 50 %")
                .contains("FAILED checkout")
                .contains("Early stop  after 1 s  none    none        CRITICAL");
    }

    @Test
    void showsTheLoadGeneratorInAFewLines() {
        Verdict verdict = new Verdict(
                Verdict.Outcome.INVALID,
                List.of(),
                List.of("it was at fault"),
                List.of(),
                List.of(
                        new Reading(GeneratorFigure.LAG, "812 ms", 812e6, "<= 50 ms", Standing.BROKEN, ""),
                        new Reading(
                                GeneratorFigure.COLLECTIONS,
                                "0.4 %",
                                0.4,
                                "<= 10 %",
                                Standing.KEPT,
                                "12, longest 17 ms"),
                        new Reading(GeneratorFigure.MACHINE_CPU, "98 %", 98, "<= 100 %", Standing.NOT_JUDGED, "")));

        assertThat(VerdictTable.render(Results.basic().build(), verdict)).contains("""
                        Load generator: lag p99 812 ms (BROKEN: <= 50 ms), GC pauses 0.4 % (<= 10 %), CPU of the machine 98
                          %

                        it was at fault""");
    }

    @Test
    void staysWithinItsWidthAndLengthAndSendsNothingToTheTerminal() {
        LoadResult result = Results.of(new Kind.RampUp())
                .named("shop\u001b[31m.checkout\r\n" + "x".repeat(300))
                .workload(Workload.waves(1000, ofSeconds(1000), ofSeconds(1)))
                .targets(Targets.builtIn())
                .counts(1000, 0)
                .failure("E", "\u001b]0;title\u0007 \u202e bidi \u2028" + "y".repeat(500), 3)
                .phaseResults(IntStream.range(0, 1000)
                        .mapToObj(i -> Results.phase("tick " + i + "\t", 1, 0, ofMillis(90), Map.of()))
                        .toArray(PhaseResult[]::new))
                .build();

        String text = VerdictTable.renderWorstFirst(result, Judge.judge(result));

        assertThat(text.lines()).allMatch(line -> line.length() <= 100).hasSizeLessThan(80);
        assertThat(text.replace("\n", "")).doesNotContainPattern("[\\p{Cntrl}\\u202e\\u2028]");
    }

    @Test
    void saysWhatChangedAgainstEarlierRuns() {
        LoadResult result = Results.basic().build();

        assertThat(VerdictTable.render(result, Judge.judge(result, Comparisons.slower(0.23))))
                .contains("""

                        Against the last 7 runs: response time p95 is higher.
                        One run was left out.""");
    }
}
