package io.stampede.internal.verdict;

import static io.stampede.internal.verdict.Results.phase;
import static io.stampede.internal.verdict.Results.times;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.metric.Band;
import io.stampede.metric.Metric;
import io.stampede.metric.Statistic;
import io.stampede.metric.Unit;
import io.stampede.result.Breach;
import io.stampede.result.BreakingPoint;
import io.stampede.result.BreakingPoint.Runs;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.result.Outcomes;
import io.stampede.result.PhaseResult;
import io.stampede.result.Recovery;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Limit;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Workload;
import io.stampede.targets.Target;
import io.stampede.targets.Targets;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict;
import io.stampede.verdict.Verdict.Outcome;
import io.stampede.verdict.Verdict.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTests {

    private static final Target P99 = Target.of("Queue time P99", "< 20ms", "< 50ms");
    private static final Target SUCCESS = Target.of("Success rate", "> 99.9%", "> 99%");
    private static final Target QUEUE = Target.of("Queue size", "< 100", "< 500");
    private static final Target THROUGHPUT = Target.of("Throughput", "100+ ops/sec", "50+ ops/sec");

    @ParameterizedTest
    @CsvSource({"19, TARGET", "20, TARGET", "21, ACCEPTABLE", "50, ACCEPTABLE", "51, CRITICAL"})
    void putsAValueOnABoundaryIntoTheBetterBand(long millis, Band band) {
        Verdict verdict = Judge.judge(Results.basic()
                .targets(P99)
                .responseTime(times(100, ofMillis(millis)))
                .build());

        assertThat(row(verdict, "Queue time P99").band()).isEqualTo(band);
        assertThat(verdict.passed()).isEqualTo(band != Band.CRITICAL);
    }

    @Test
    void saysInOneSentenceWhatWasMissed() {
        Verdict verdict = Judge.judge(Results.basic()
                .targets(P99)
                .counts(11_962, 38)
                .responseTime(times(11_962, ofMillis(212)))
                .build());

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.reasons())
                .containsExactly(
                        "checkout: queue time p99 was 212 ms, critical above 50 ms (12,000 operations, 38 failed).");
    }

    @Test
    void failsOnAcceptableWhereTheScenarioIsStrict() {
        Results results = Results.basic().targets(P99).responseTime(times(100, ofMillis(30)));

        assertThat(Judge.judge(results.build()).passed()).isTrue();
        assertThat(Judge.judge(results.failOn(Band.ACCEPTABLE).build()).reasons())
                .containsExactly(
                        "checkout: queue time p99 was 30 ms, target missed above 20 ms (100 operations, 0 failed).");
    }

    @Test
    void blamesLateStartsOnTheGeneratorAndNotOnTheTarget() {
        Results late = Results.basic()
                .targets(P99, SUCCESS)
                .responseTime(times(100, ofMillis(108)))
                .serviceTime(times(100, ofMillis(3)))
                .lag(times(100, ofMillis(105)));

        assertThat(Judge.judge(late.build()).outcome()).isEqualTo(Outcome.INVALID);
        assertThat(Judge.judge(late.build()).reasons())
                .singleElement()
                .asString()
                .startsWith("checkout: cannot be judged, the load generator was at fault: operations started late: lag"
                        + " p99 was 105 ms, service time p99 3 ms");
    }

    @Test
    void doesNotExcuseASlowTargetByLateStarts() {
        Results slow = Results.basic()
                .targets(P99, SUCCESS)
                .responseTime(times(100, ofMillis(208)))
                .serviceTime(times(100, ofMillis(103)))
                .lag(times(100, ofMillis(105)));
        Results failing = Results.basic()
                .targets(P99, SUCCESS)
                .counts(90, 10)
                .responseTime(times(90, ofMillis(108)))
                .serviceTime(times(90, ofMillis(3)))
                .lag(times(100, ofMillis(105)));

        assertThat(Judge.judge(slow.build()).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(Judge.judge(failing.build()).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void putsTheWorstReasonFirst() {
        Verdict verdict = Judge.judge(Results.basic()
                .targets(P99, THROUGHPUT, SUCCESS)
                .counts(98, 2)
                .elapsed(ofSeconds(20))
                .responseTime(times(98, ofMillis(60)))
                .build());

        assertThat(verdict.reasons()).hasSize(3);
        assertThat(verdict.reasons().get(0)).contains("throughput was 5 ops/s, critical below 50 ops/s");
        assertThat(verdict.reasons().get(1)).contains("queue time p99");
        assertThat(verdict.reasons().get(2)).contains("success rate was 98 %");
    }

    @Test
    void neverPassesWhatWasNotMeasured() {
        Verdict verdict = Judge.judge(
                Results.basic().targets(Targets.builtIn()).nothingEnded().build());

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.rows()).hasSize(5).allMatch(row -> row.band() == Band.NO_DATA);
        assertThat(verdict.reasons().get(0)).contains("has no data: no operation ended");
    }

    @Test
    void failsARunWithoutOperationsEvenWhereNothingWasAskedFor() {
        assertThat(Judge.judge(Results.basic().nothingEnded().build()).outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void failsAGaugeThatCouldNotBeReadAndSaysWhy() {
        Verdict verdict = Judge.judge(Results.basic()
                .targets(QUEUE)
                .gauge(new GaugeSeries(
                        "queue size",
                        Unit.COUNT,
                        true,
                        List.of(),
                        GaugeSeries.Values.NONE,
                        new GaugeSeries.Reads(0, 0, 9, "java.io.IOException: closed", true)))
                .build());

        assertThat(row(verdict, "Queue size").band()).isEqualTo(Band.NO_DATA);
        assertThat(verdict.reasons().get(0)).contains("could not be read: java.io.IOException: closed");
    }

    @Test
    void judgesAGaugeByItsLowestValueIfTheBoundIsALowerOne() {
        Verdict verdict = Judge.judge(Results.basic()
                .targets(Target.of("free", "> 5"), Target.of("free max", "> 5"), Target.of("free p50", "> 5"))
                .gauge("free", 10, 0, Double.NaN)
                .build());

        assertThat(row(verdict, "free").value()).isZero();
        assertThat(row(verdict, "free").band()).isEqualTo(Band.CRITICAL);
        assertThat(row(verdict, "free max").band()).isEqualTo(Band.TARGET);
        assertThat(row(verdict, "free p50").band()).isEqualTo(Band.CRITICAL);
        assertThat(verdict.reasons()).anyMatch(reason -> reason.contains("free was 0, critical below 5"));
    }

    @Test
    void judgesALowerBoundAfterASpikeByTheValueAfterRecovery() {
        Verdict verdict = Judge.judge(Results.of(new Kind.Spike(ofSeconds(5)))
                .targets(Target.of("free", "> 5"))
                .gauge("free", 10, 0, 7)
                .build());

        assertThat(row(verdict, "free").value()).isEqualTo(7);
        assertThat(row(verdict, "free").band()).isEqualTo(Band.TARGET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1000 | 0 | 2  | true  | < 5 | NO_DATA  | stopped answering after 1,000 values: no connection
            1000 | 0 | 2  | true  | < 2 | CRITICAL | stopped answering after 1,000 values: no connection
            1    | 0 | 1  | false | < 5 | NO_DATA  | 1 of 2 reads failed, the last with no connection
            12   | 3 | 0  | false | < 5 | NO_DATA  | 3 of 12 values were infinite
            1000 | 0 | 1  | false | < 5 | TARGET   | 1 of 1,001 reads failed, the last with no connection
            1000 | 0 | 0  | false | < 5 | TARGET   |
            """)
    void neverTakesAKeptBoundFromAGaugeThatFailed(
            long samples,
            long infinite,
            long errors,
            boolean stopped,
            String target,
            Band band,
            @Nullable String note) {
        GaugeSeries gauge = new GaugeSeries(
                "line",
                Unit.COUNT,
                false,
                List.of(),
                new GaugeSeries.Values(1, 3, 2, 1, Double.NaN, List.of()),
                new GaugeSeries.Reads(samples, infinite, errors, errors == 0 ? null : "no connection", stopped));

        Verdict judged = Judge.judge(
                Results.basic().targets(Target.of("line", target)).gauge(gauge).build());
        Verdict unjudged = Judge.judge(Results.basic().gauge(gauge).build());

        assertThat(row(judged, "line").band()).isEqualTo(band);
        assertThat(row(judged, "line").note()).isEqualTo(note == null ? "" : note);
        assertThat(judged.notes()).noneMatch(said -> said.contains("line"));
        assertThat(unjudged.notes().stream().filter(said -> said.contains("Gauge line")))
                .containsExactlyElementsOf(
                        note == null ? List.of() : List.of("Gauge line, which no target judges: " + note + "."));
    }

    @Test
    void showsAnInfiniteValueAsSuch() {
        Verdict verdict = Judge.judge(Results.basic()
                .targets(Target.of("ratio", "< 5"), Target.of("ratio min", "> 0.8"))
                .gauge(new GaugeSeries(
                        "ratio",
                        Unit.COUNT,
                        false,
                        List.of(),
                        new GaugeSeries.Values(
                                Double.POSITIVE_INFINITY,
                                Double.POSITIVE_INFINITY,
                                Double.NaN,
                                Double.POSITIVE_INFINITY,
                                Double.NaN,
                                List.of()),
                        new GaugeSeries.Reads(3, 3, 0, null, false)))
                .build());

        assertThat(row(verdict, "ratio").band()).isEqualTo(Band.CRITICAL);
        assertThat(row(verdict, "ratio").actual()).isEqualTo("infinity");
        assertThat(row(verdict, "ratio min").band()).isEqualTo(Band.NO_DATA);
        assertThat(verdict.reasons())
                .anyMatch(reason -> reason.contains("ratio was infinity, critical above 5"))
                .anyMatch(reason -> reason.contains("ratio min has no data: 3 of 3 values were infinite"));
    }

    @Test
    void failsAGaugeThatDoesNotExist() {
        assertThat(row(Judge.judge(Results.basic().targets(QUEUE).build()), "Queue size"))
                .satisfies(row -> assertThat(row.band()).isEqualTo(Band.NO_DATA))
                .satisfies(row -> assertThat(row.note()).contains("no gauge of that name"));
    }

    @Test
    void judgesAGaugeByItsMaximumOrTheStatisticAskedFor() {
        Verdict verdict = Judge.judge(Results.basic()
                .targets(QUEUE, Target.of("queue size last", "< 7", "< 8"), Target.of("queue size p50", "< 7", "< 8"))
                .gauge("Queue Size", 600, 5, Double.NaN)
                .build());

        assertThat(row(verdict, "Queue size").value()).isEqualTo(600);
        assertThat(row(verdict, "queue size last").value()).isEqualTo(5);
        assertThat(row(verdict, "queue size p50").value()).isEqualTo(5);
    }

    @Test
    void neverPassesARunThatEndedEarly() {
        Verdict verdict = Judge.judge(Results.basic()
                .targets(P99)
                .endedEarly("interrupted after 100 of 200 operations")
                .build());

        assertThat(verdict.outcome()).isEqualTo(Outcome.INVALID);
        assertThat(verdict.reasons().get(0)).contains("interrupted after 100 of 200 operations");
        assertThat(verdict.rows()).hasSize(1);
    }

    @Test
    void doesNotBlameTheTargetForAFaultOfTheGenerator() {
        Verdict verdict = Judge.judge(Results.basic()
                .targets(P99)
                .responseTime(times(100, ofSeconds(9)))
                .faults("its JVM stalled for 3 s")
                .build());

        assertThat(verdict.outcome()).isEqualTo(Outcome.INVALID);
        assertThat(verdict.reasons())
                .containsExactly(
                        "checkout: cannot be judged, the load generator was at fault: its JVM stalled for 3 s.");
    }

    @Test
    void failsARunThatARuleEndedWithThatFirst() {
        LoadResult result = Results.of(new Kind.Sustained())
                .workload(Workload.paced(1000, Duration.ofMillis(10)))
                .targets(P99, THROUGHPUT)
                .counts(50, 50)
                .planned(1000)
                .responseTime(Results.times(50, Duration.ofSeconds(9)))
                .abortedBy("success rate < 90% for 10s: it was 50 %, after 100 of 1,000 operations")
                .build();

        Verdict verdict = Judge.judge(result);

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(verdict.reasons().get(0))
                .isEqualTo("checkout: ended early, success rate < 90% for 10s: it was 50 %, after 100 of 1,000"
                        + " operations.");
        assertThat(verdict.reasons()).hasSize(2);
        assertThat(verdict.rows())
                .extracting(Row::label)
                .as("no row of what the plan would have been")
                .containsExactly("Queue time P99", "Early stop");
        assertThat(verdict.rows().get(1)).satisfies(row -> {
            assertThat(row.band()).isEqualTo(Band.CRITICAL);
            assertThat(row.actual()).isEqualTo("after 1 s");
        });
    }

    @Test
    void doesNotBlameTheTargetForARuleThatASickGeneratorBroke() {
        assertThat(Judge.judge(Results.basic()
                                .abortedBy("throughput < 50 ops/s for 10s: it was 3 ops/s")
                                .faults("this JVM stood still")
                                .build())
                        .outcome())
                .isEqualTo(Verdict.Outcome.INVALID);
    }

    @Test
    void judgesAClosedModelByItsTableAndNotByAPlan() {
        LoadResult result = Results.of(new Kind.Users())
                .workload(Workload.users(10, Duration.ofSeconds(1)))
                .targets(P99, THROUGHPUT)
                .planned(0)
                .build();

        Verdict verdict = Judge.judge(result);

        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.rows()).extracting(Verdict.Row::actual).containsExactly("1 ms", "100 ops/s");
        assertThat(result.delivered()).isNaN();
    }

    @Test
    void doesNotJudgeARunThatLostOperations() {
        assertThat(Judge.judge(Results.basic().targets(P99).planned(101).build())
                        .outcome())
                .isEqualTo(Outcome.INVALID);
    }

    @Nested
    class WhereThePlanFixesTheRate {

        private final Results results = Results.of(new Kind.Sustained())
                .workload(Workload.paced(100, ofMillis(100)))
                .targets(THROUGHPUT);

        @Test
        void judgesThroughputByThePlanAndNotByTheTable() {
            Row row = row(Judge.judge(results.elapsed(ofSeconds(10)).build()), "Throughput");

            assertThat(row.band()).isEqualTo(Band.TARGET);
            assertThat(row.actual()).isEqualTo("10 ops/s, 100 %");
            assertThat(row.target()).isEqualTo(">= 99 % of plan");
        }

        @Test
        void failsWhereThePlanWasNotKept() {
            Verdict verdict = Judge.judge(results.elapsed(ofSeconds(11)).build());

            assertThat(verdict.reasons().get(0)).contains("90.909 % of the plan, critical below 99 %");
        }

        @Test
        void forgivesAShortRunALittleLateness() {
            Row row = row(
                    Judge.judge(results.workload(Workload.paced(100, ofMillis(1)))
                            .elapsed(ofMillis(190))
                            .build()),
                    "Throughput");

            assertThat(row.band()).isEqualTo(Band.TARGET);
        }

        @Test
        void judgesThePlanEvenWhereTheTableSaysNothingOfThroughput() {
            assertThat(row(
                                    Judge.judge(results.targets(P99)
                                            .elapsed(ofSeconds(20))
                                            .build()),
                                    "Throughput")
                            .band())
                    .isEqualTo(Band.CRITICAL);
        }
    }

    @Nested
    class Spikes {

        private final Results results = Results.of(new Kind.Spike(ofSeconds(5)));

        @Test
        void mustBeDoneInFiveSecondsWithAMeanOfTenMilliseconds() {
            Verdict good = Judge.judge(results.elapsed(ofSeconds(5))
                    .responseTime(times(100, ofMillis(10)))
                    .build());
            Verdict bad = Judge.judge(results.elapsed(ofMillis(5001))
                    .responseTime(times(100, ofMillis(11)))
                    .build());

            assertThat(good.passed()).isTrue();
            assertThat(good.rows()).extracting(Row::label).containsExactly("All done", "Mean response time");
            assertThat(bad.rows()).extracting(Row::band).containsExactly(Band.CRITICAL, Band.CRITICAL);
        }

        @Test
        void leaveTheMeanToTheTableWhereItSpeaksOfIt() {
            Verdict verdict = Judge.judge(results.targets(Target.of("queue time mean", "< 1 s", "< 2 s"))
                    .responseTime(times(100, ofMillis(500)))
                    .build());

            assertThat(verdict.passed()).isTrue();
        }

        @Test
        void judgeGaugesByTheirValueAfterRecovery() {
            Verdict verdict = Judge.judge(results.targets(QUEUE)
                    .gauge("queue size", 900, 3, 3)
                    .recovery(new Recovery(ofMillis(120), true, ofSeconds(5)))
                    .build());

            assertThat(row(verdict, "Queue size").value()).isEqualTo(3);
            assertThat(row(verdict, "Recovery").actual()).isEqualTo("120 ms");
            assertThat(verdict.passed()).isTrue();
        }

        @Test
        void failWhereTheQueueDoesNotComeBack() {
            Verdict verdict = Judge.judge(results.targets(QUEUE)
                    .gauge("queue size", 900, 400, 400)
                    .recovery(new Recovery(ofSeconds(5), false, ofSeconds(5)))
                    .build());

            assertThat(row(verdict, "Recovery").band()).isEqualTo(Band.CRITICAL);
            assertThat(verdict.reasons().get(0)).contains("recovery was not complete 5 s after the last operation");
        }

        @Test
        void haveNoDataWhereNobodyWatchedAJudgedGauge() {
            Verdict verdict = Judge.judge(
                    results.targets(QUEUE).gauge("queue size", 9, 3, Double.NaN).build());

            assertThat(row(verdict, "Recovery").band()).isEqualTo(Band.NO_DATA);
            assertThat(row(verdict, "Queue size").band()).isEqualTo(Band.NO_DATA);
        }
    }

    @Nested
    class Endurance {

        private final Results results = Results.of(new Kind.Endurance())
                .workload(Workload.paced(100, ofMillis(10)))
                .elapsed(ofSeconds(1));

        @Test
        void wantsMoreSuccessThanTheBuiltInTable() {
            Verdict verdict = Judge.judge(results.targets(Targets.builtIn().forGauges(Map.of()))
                    .counts(995, 5)
                    .planned(1000)
                    .build());

            assertThat(row(verdict, "Success rate").band()).isEqualTo(Band.CRITICAL);
            assertThat(row(verdict, "Success rate").acceptable()).isEqualTo("> 99.9%");
        }

        @Test
        void leavesTheSuccessRateToARowOfTheUsersOwn() {
            Verdict verdict = Judge.judge(
                    results.targets(SUCCESS).counts(995, 5).planned(1000).build());

            assertThat(row(verdict, "Success rate").band()).isEqualTo(Band.ACCEPTABLE);
        }

        @Test
        void wantsAsMuchSuccessAsItsAnnotationSays() {
            Results lenient =
                    Results.of(new Kind.Endurance(99.5)).counts(995, 5).planned(1000);

            assertThat(row(Judge.judge(lenient.build()), "Success rate").band()).isEqualTo(Band.TARGET);
            assertThat(row(Judge.judge(lenient.counts(994, 6).build()), "Success rate")
                            .band())
                    .isEqualTo(Band.CRITICAL);
        }

        @Test
        void wantsSuccessEvenWhereTheTableSaysNothingOfIt() {
            assertThat(row(Judge.judge(results.build()), "Success rate").band()).isEqualTo(Band.TARGET);
        }

        @ParameterizedTest
        @CsvSource({
            "10_000, 16_000, CRITICAL",
            "10_000, 15_000, TARGET",
            "100, 900, TARGET",
            "1_000, 2_000, TARGET",
            "1_000, 2_001, CRITICAL",
            "20_000, 5_000, TARGET"
        })
        void findsDriftBeyondHalfAsMuchAgainAndAMillisecond(String first, String last, Band band) {
            results.interval(0, times(100, micros(first)));
            results.interval(1, times(100, micros(first)));
            results.interval(2, times(100, micros(last)));
            results.interval(3, times(100, micros(last)));

            assertThat(row(Judge.judge(results.build()), "Response time drift").band())
                    .isEqualTo(band);
        }

        private Duration micros(String text) {
            return Duration.ofNanos(Long.parseLong(text.replace("_", "")) * 1000);
        }

        @Test
        void doesNotJudgeDriftOfAFewOperationsAndSaysSo() {
            for (int second = 0; second < 4; second++) {
                results.interval(second, times(19, ofMillis(1 + 100L * second)));
            }

            Verdict verdict = Judge.judge(results.build());

            assertThat(verdict.rows()).extracting(Row::label).doesNotContain("Response time drift");
            assertThat(verdict.notes()).anyMatch(note -> note.startsWith("Drift was not judged"));
        }

        @Test
        void doesNotJudgeDriftOfLessThanFourSecondsAndSaysSo() {
            results.interval(0, times(1000, ofMillis(1)));

            assertThat(Judge.judge(results.build()).notes())
                    .anyMatch(
                            note -> note.startsWith("Drift was not judged, the run is too short to tell: it took 1 s"));
        }

        @Test
        void findsAHeapThatKeepsGrowing() {
            Verdict verdict = Judge.judge(
                    results.elapsed(ofSeconds(1)).gauge(heap(60, 1 << 20, 0)).build());

            // 1 MB a second is 3.5 heaps of 1 GB an hour.
            assertThat(row(verdict, "Heap growth").band()).isEqualTo(Band.CRITICAL);
            assertThat(row(verdict, "Heap growth").value()).isCloseTo(351.6, org.assertj.core.data.Offset.offset(0.1));
        }

        @Test
        void takesASawToothForNoise() {
            Verdict verdict = Judge.judge(
                    results.elapsed(ofSeconds(1)).gauge(heap(60, 0, 50 << 20)).build());

            assertThat(row(verdict, "Heap growth").band()).isEqualTo(Band.TARGET);
        }

        @Test
        void doesNotJudgeTheHeapOfAShortRunAndSaysSo() {
            Verdict verdict = Judge.judge(results.gauge(heap(10, 1 << 20, 0)).build());

            assertThat(verdict.rows()).extracting(Row::label).doesNotContain("Heap growth");
            assertThat(verdict.notes()).anyMatch(note -> note.startsWith("Heap growth was not judged"));
        }

        /** One collection a second. */
        private GaugeSeries heap(int seconds, double bytesPerSecond, double tooth) {
            List<GaugeSeries.Point> points = new ArrayList<>();
            for (int i = 0; i < seconds; i++) {
                points.add(new GaugeSeries.Point(ofSeconds(i), 1e8 + i * bytesPerSecond + i % 7 * tooth / 7));
            }
            return new GaugeSeries(
                    "heap after collection",
                    Unit.BYTES,
                    false,
                    points,
                    new GaugeSeries.Values(1e8, 2e8, 1e8, 2e8, Double.NaN, List.of()),
                    GaugeSeries.Reads.good(seconds));
        }
    }

    @Nested
    class Stresses {

        @Test
        void reportTheLastGoodStepAndJudgeTheGoodOnesAlone() {
            Verdict verdict =
                    Judge.judge(stress(0, new BreakingPoint(200, 300, "mean response time 90 ms, limit 50 ms"))
                            .targets(P99, SUCCESS, Target.of("queue size max", "< 10", "< 10"))
                            .gauge("queue size", 5000, 0, 0)
                            .build());

            assertThat(verdict.passed()).isTrue();
            assertThat(row(verdict, "Capacity").value()).isEqualTo(200);
            assertThat(row(verdict, "Capacity").note())
                    .isEqualTo("200 held, 300 broke: mean response time 90 ms, limit 50 ms; not narrowed down any"
                            + " further");
            assertThat(row(verdict, "Queue time P99").value()).isEqualTo(2e6);
            assertThat(row(verdict, "Success rate").value()).isEqualTo(100);
            assertThat(row(verdict, "queue size max").value()).isEqualTo(6);
        }

        @Test
        void failBelowTheCapacityThatIsAskedFor() {
            Verdict verdict =
                    Judge.judge(stress(250, new BreakingPoint(200, 300, "why")).build());

            assertThat(verdict.reasons().get(0)).contains("capacity was 200 at once, critical below 250");
        }

        @Test
        void failWhereTheFirstStepBreaks() {
            Verdict verdict =
                    Judge.judge(stress(0, new BreakingPoint(0, 100, "why")).build());

            assertThat(verdict.reasons().get(0)).contains("even the smallest step, 100 at once, broke: why");
        }

        @Test
        void sayThatTheEndWasNotReached() {
            Verdict verdict = Judge.judge(stress(300, new BreakingPoint(300, 0, "not reached up to 300"))
                    .build());

            assertThat(row(verdict, "Capacity").actual()).isEqualTo("not reached up to 300");
            assertThat(verdict.passed()).isTrue();
        }

        @Test
        void failWhereNoStepRanToItsEnd() {
            Verdict verdict = Judge.judge(
                    stress(300, new BreakingPoint(0, 0, "not reached up to 0")).build());

            assertThat(row(verdict, "Capacity").band()).isEqualTo(Band.NO_DATA);
        }

        @Test
        void sayHowOftenTheBorderHeldAndHowWideItIs() {
            BreakingPoint noisy = new BreakingPoint(200, 210, "why", 100, 300, new Runs(2, 1), new Runs(1, 2), false);

            Row row = row(Judge.judge(stress(0, noisy).build()), "Capacity");

            assertThat(row.actual()).isEqualTo("200 at once");
            assertThat(row.note())
                    .isEqualTo("200 held in 2 of 3 runs, 210 broke in 2 of 3 runs: why; runs of the same size differ,"
                            + " so the capacity is somewhere in 100 to 300");
        }

        @Test
        void judgeEachGrowingStepOnceHoweverOftenItWasRunAndInWhichOrder() {
            Verdict verdict = Judge.judge(
                    stress(0, new BreakingPoint(225, 250, "why", 225, 250, new Runs(3, 0), new Runs(0, 3), false))
                            .targets(P99, Target.of("queue time mean", "< 50ms", "< 50ms"), SUCCESS)
                            .phaseResults(
                                    phase("100", 100, 0, ofMillis(60), Map.of()), // by chance
                                    phase("50", 50, 0, ofMillis(1), Map.of()),
                                    phase("100 #2", 100, 0, ofMillis(4), Map.of()),
                                    phase("100 #3", 100, 0, ofMillis(7), Map.of()),
                                    phase("200", 200, 0, ofMillis(10), Map.of()),
                                    phase("300", 150, 150, ofMillis(90), Map.of()),
                                    phase("250", 200, 50, ofMillis(90), Map.of()),
                                    phase("225", 225, 0, ofMillis(40), Map.of()),
                                    phase("225 #2", 225, 0, ofMillis(40), Map.of()))
                            .build());

            assertThat(row(verdict, "queue time mean").value()).isEqualTo((100 * 4e6 + 200 * 10e6) / 300);
            assertThat(row(verdict, "Queue time P99").value()).isEqualTo(10e6);
            assertThat(row(verdict, "Queue time P99").note()).isEqualTo("steps up to 200");
            assertThat(row(verdict, "Success rate").value()).isEqualTo(100);
        }

        @Test
        void judgeTheSearchedStepsWhereNoGrowingOneWasGood() {
            Verdict verdict = Judge.judge(stress(0, new BreakingPoint(60, 62, "why"))
                    .targets(P99)
                    .phaseResults(
                            phase("100", 100, 0, ofMillis(60), Map.of()),
                            phase("50", 50, 0, ofMillis(1), Map.of()),
                            phase("62", 62, 0, ofMillis(60), Map.of()),
                            phase("60", 60, 0, ofMillis(3), Map.of()))
                    .build());

            assertThat(row(verdict, "Queue time P99").value()).isEqualTo(3e6);
            assertThat(row(verdict, "Queue time P99").note()).isEqualTo("steps up to 60");
        }

        @Test
        void areInvalidWhereTheGeneratorWasTheLimitBelowTheCapacityThatIsAskedFor() {
            Verdict verdict =
                    Judge.judge(generatorLimited(250).targets(P99, SUCCESS).build());

            assertThat(verdict.outcome()).isEqualTo(Outcome.INVALID);
            assertThat(verdict.reasons())
                    .containsExactly("checkout: cannot be judged, the load generator was at fault: it was the limit at"
                            + " 210 at once, not the target: late.");
        }

        @Test
        void passWhereTheGeneratorWasTheLimitAboveTheCapacityThatIsAskedFor() {
            Verdict verdict = Judge.judge(generatorLimited(200).targets(SUCCESS).build());

            assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
            assertThat(row(verdict, "Capacity").actual()).isEqualTo("at least 200 at once");
            assertThat(row(verdict, "Capacity").note())
                    .isEqualTo("200 held in 3 of 3 runs, 210 broke in 3 of 3 runs; the generator was the limit at 210:"
                            + " late");
        }

        @Test
        void areInvalidWhereTheGeneratorMadeResponseTimesCritical() {
            // 200 at once responded after 60 ms, and were served in 5 ms.
            assertThat(Judge.judge(generatorLimited(0)
                                    .targets(Target.of("Queue time P99", "< 10ms", "< 20ms"))
                                    .build())
                            .outcome())
                    .isEqualTo(Outcome.INVALID);
        }

        @Test
        void doNotExcuseTheTargetWhereSomethingElseFailedToo() {
            Results results = generatorLimited(250);

            Verdict slow = Judge.judge(results.targets(Target.of("service time p99", "< 1ms", "< 2ms"))
                    .build());
            assertThat(slow.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(slow.reasons())
                    .anyMatch(reason -> reason.contains("capacity was at least 200 at once, critical below 250; the"
                            + " generator was the limit at 210: late"));
            assertThat(Judge.judge(results.targets(Target.of("Queue time P99", "< 1ms", "< 2ms"))
                                    .build())
                            .outcome())
                    .isEqualTo(Outcome.FAILED); // the service time misses that too
        }

        private Results generatorLimited(long atLeast) {
            return stress(atLeast, new BreakingPoint(200, 210, "late", 200, 210, new Runs(3, 0), new Runs(0, 3), true))
                    .phaseResults(
                            step(100, ofMillis(1), ofMillis(1)),
                            step(200, ofMillis(45), ofMillis(5)),
                            step(210, ofMillis(60), ofMillis(5)));
        }

        @Test
        void reportTheUniversalScalabilityLawAsANoteAndJudgeNothingByIt() {
            PhaseResult[] steps = new PhaseResult[8];
            for (int i = 0; i < steps.length; i++) {
                long size = 100L * (i + 1);
                steps[i] = step(size, ofMillis(1), ofMillis(1), 1000 / (1 + 1e-5 * size * (size - 1)) * size);
            }
            Verdict verdict = Judge.judge(stress(0, new BreakingPoint(300, 0, "not reached up to 300"))
                    .phaseResults(steps)
                    .build());

            assertThat(verdict.passed()).isTrue();
            assertThat(verdict.rows()).extracting(Row::label).containsExactly("Capacity");
            assertThat(verdict.notes())
                    .containsExactly("Universal Scalability Law, for information: peak of 158,364 ops/s at 316 at once;"
                            + " highest measured 158,144 ops/s at 300; sigma 0, kappa 1.0e-05, fit error 0 %.");
        }

        @Test
        void sayWhereTheLawHasNoPeakOrIsNotFitted() {
            PhaseResult[] steps = new PhaseResult[6];
            for (int i = 0; i < steps.length; i++) {
                steps[i] = step(100L * (i + 1), ofMillis(1), ofMillis(1), 100.0 * (i + 1));
            }
            Results results = stress(0, new BreakingPoint(300, 0, "not reached up to 300"));

            assertThat(Judge.judge(results.build()).notes())
                    .containsExactly("Universal Scalability Law: not fitted, steps of at least 6 different sizes are"
                            + " needed.");
            assertThat(Judge.judge(results.phaseResults(steps).build()).notes())
                    .singleElement()
                    .asString()
                    .contains("no peak, throughput rises with the load; highest measured 600 ops/s at 600");
        }

        @Test
        void sayWhereTheStepsDoNotFollowTheLaw() {
            PhaseResult[] steps = new PhaseResult[6];
            for (int i = 0; i < steps.length; i++) {
                steps[i] = step(100L * (i + 1), ofMillis(1), ofMillis(1), i % 2 == 0 ? 100 : 1000);
            }

            assertThat(Judge.judge(stress(0, new BreakingPoint(300, 0, "not reached up to 300"))
                                    .phaseResults(steps)
                                    .build())
                            .notes())
                    .singleElement()
                    .asString()
                    .contains("the steps do not follow it")
                    .doesNotContain("peak");
        }

        private PhaseResult step(long size, Duration response, Duration service) {
            return step(size, response, service, (double) size);
        }

        private PhaseResult step(long size, Duration response, Duration service, double perSecond) {
            return new PhaseResult(
                    size + " at once",
                    size,
                    new Outcomes(size, 0, times(size, response), times(size, service)),
                    Duration.ZERO,
                    Duration.ofNanos(Math.round(size / perSecond * 1e9)),
                    Map.of());
        }

        private Results stress(long atLeast, BreakingPoint point) {
            return Results.of(new Kind.Stress(100, 300, 100, ofSeconds(1), atLeast))
                    .phases(List.of(
                            new Phase("100", Workload.burst(100)),
                            new Phase("200", Workload.burst(200)),
                            new Phase("300", Workload.burst(300))))
                    .counts(450, 150)
                    .responseTime(times(450, ofMillis(90)))
                    .phaseResults(
                            phase("100", 100, 0, ofMillis(1), Map.of("Queue size", 3.0)),
                            phase("200", 200, 0, ofMillis(2), Map.of("Queue size", 6.0)),
                            phase("300", 150, 150, ofMillis(90), Map.of("Queue size", 5000.0)))
                    .breakingPoint(point);
        }

        @ParameterizedTest
        @CsvSource({
            "100, 0, 50, 1000,",
            "100, 0, 51, 1000, 'mean response time 51 ms, limit 50 ms'",
            "100, 0, 50, 1001, 'queue size 1,001, limit 1,000'",
            "99, 1, 1, 0,",
            "98, 2, 1, 0, 'success rate 98 %, limit 99 %'",
            "0, 0, 1, 0, no operation ended",
            "0, 5, 1, 0, 'success rate 0 %, limit 99 %'"
        })
        void breakWhereALimitIsPassed(long good, long bad, long millis, double queue, @Nullable String reason) {
            PhaseResult step = phase("step", good, bad, ofMillis(millis), Map.of("queue size", queue));

            assertThat(StressLimits.breach(limits(), step).map(Breach::reason).orElse(null))
                    .isEqualTo(reason);
        }

        @ParameterizedTest
        @CsvSource({
            "60, 5, true, 'mean response time 60 ms, limit 50 ms, of which 55 ms before operations started'",
            "51, 25, true, 'mean response time 51 ms, limit 50 ms, of which 26 ms before operations started'",
            "51, 49, false, 'mean response time 51 ms, limit 50 ms'", // any border is passed by a little lag
            "200, 51, false, 'mean response time 200 ms, limit 50 ms'"
        })
        void tellLateStartsFromASlowTarget(long response, long service, boolean late, String reason) {
            assertThat(StressLimits.breach(limits(), step(100, ofMillis(response), ofMillis(service))))
                    .hasValue(new Breach(reason, late));
        }

        private List<Limit> limits(Target... own) {
            return Kind.Stress.usualLimits(Targets.of(own), Map.of("Queue size", Unit.COUNT));
        }

        @Test
        void breakByARowOfTheUsersOwnWhereItIsCritical() {
            List<Limit> limits = limits(
                    Target.of("Mean response time", "< 80 ms", "< 100 ms"), Target.of("queue size max", "< 7", "< 9"));

            assertThat(limits)
                    .extracting(Limit::text)
                    .containsExactly("success rate < 99 %", "queue size max > 9", "mean response time > 100 ms");
            assertThat(StressLimits.breach(limits, phase("step", 100, 0, ofMillis(80), Map.of("Queue Size", 9.0))))
                    .isEmpty();
            assertThat(StressLimits.breach(limits, phase("step", 100, 0, ofMillis(101), Map.of("Queue Size", 9.0))))
                    .hasValue(new Breach("mean response time 101 ms, limit 100 ms"));
            assertThat(StressLimits.breach(limits, phase("step", 100, 0, ofMillis(80), Map.of("Queue Size", 10.0))))
                    .hasValue(new Breach("queue size max 10, limit 9"));
        }

        @Test
        void leaveTheUsualLimitsWhereOnlyTheBuiltInTableSpeaksOfTheSame() {
            assertThat(Kind.Stress.usualLimits(Targets.builtIn(), Map.of()))
                    .extracting(Limit::text)
                    .containsExactly("success rate < 99 %", "mean response time > 50 ms");
        }

        @Test
        void takeTheLeastSuccessFromTheTable() {
            PhaseResult step = phase("step", 96, 4, ofMillis(1), Map.of());
            Target lenient = Target.of("success rate", "> 99 %", "> 95 %");

            assertThat(StressLimits.breach(limits(lenient), step)).isEmpty();
        }
    }

    @Nested
    class RampUps {

        private final Results results = Results.of(new Kind.RampUp())
                .workload(Workload.waves(100, ofSeconds(3), ofSeconds(1)))
                .elapsed(ofSeconds(3))
                .targets(P99);

        @Test
        void nameTheFirstTickThatWasTooSlow() {
            Verdict verdict = Judge.judge(results.phaseResults(
                            phase("tick 1", 33, 0, ofMillis(1), Map.of()),
                            phase("tick 2", 33, 0, ofMillis(60), Map.of()),
                            phase("tick 3", 34, 0, ofMillis(70), Map.of()))
                    .build());

            assertThat(row(verdict, "First breach").actual()).isEqualTo("tick 2");
            assertThat(row(verdict, "First breach").note()).isEqualTo("queue time p99 60 ms");
            assertThat(verdict.passed()).isTrue(); // the ramp as a whole was fast enough
        }

        @Test
        void areCriticalWhereTheRampAsAWholeIs() {
            Verdict verdict = Judge.judge(results.responseTime(times(100, ofMillis(80)))
                    .phaseResults(phase("tick 1", 100, 0, ofMillis(80), Map.of()))
                    .build());

            assertThat(row(verdict, "First breach").band()).isEqualTo(Band.CRITICAL);
        }

        @Test
        void areNamedWhereEverythingFailed() {
            Verdict verdict = Judge.judge(results.counts(66, 34)
                    .failure("java.net.ConnectException", "refused", 34)
                    .phaseResults(
                            phase("tick 1", 33, 0, ofMillis(1), Map.of()),
                            phase("tick 2", 0, 34, ofMillis(1), Map.of()),
                            phase("tick 3", 33, 0, ofMillis(1), Map.of()))
                    .build());

            Row breach = row(verdict, "First breach");
            assertThat(breach.actual()).isEqualTo("tick 2");
            assertThat(breach.note()).isEqualTo("no operation succeeded");
            assertThat(breach.band()).as("no row says how many may fail").isEqualTo(Band.ACCEPTABLE);
        }

        @Test
        void areNamedWhereTooManyFailed() {
            Verdict verdict = Judge.judge(results.targets(P99, SUCCESS)
                    .counts(90, 10)
                    .failure("java.net.ConnectException", "refused", 10)
                    .phaseResults(
                            phase("tick 1", 50, 0, ofMillis(1), Map.of()),
                            phase("tick 2", 40, 10, ofMillis(1), Map.of()))
                    .build());

            Row breach = row(verdict, "First breach");
            assertThat(breach.actual()).isEqualTo("tick 2");
            assertThat(breach.note()).isEqualTo("success rate 80 %");
            assertThat(breach.band()).isEqualTo(Band.CRITICAL);
        }

        @Test
        void sayWhereNoTickWasTooSlow() {
            Verdict verdict = Judge.judge(results.phaseResults(phase("tick 1", 100, 0, ofMillis(1), Map.of()))
                    .build());

            assertThat(row(verdict, "First breach").actual()).isEqualTo("none");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Early stop", "Baseline", "Heap growth", "Capacity", "Recovery", "First breach", "All done"})
    void judgesAGaugeThatIsNamedLikeARuleAsAGauge(String name) {
        Results results = Results.basic()
                .targets(Target.of(name, "< 5"))
                .gauge(name, 77, 77, 77)
                .faults();

        Verdict verdict = Judge.judge(results.build());

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.reasons()).singleElement().asString().contains(name.toLowerCase(Locale.ROOT) + " was 77");
        assertThat(verdict.refusedByBaseline()).isFalse();
        assertThat(verdict.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.metric()).contains(Metric.GaugeValue.of(name, Statistic.OWN)));
    }

    @Test
    void blamesTheTargetForAGaugeThatIsNamedLikeARuleWhereTheGeneratorStalled() {
        Results results = Results.of(new Kind.Endurance())
                .targets(Target.of("Heap growth", "< 5"))
                .gauge("Heap growth", 77, 77, 77);

        Verdict verdict = Judge.judge(results.build());

        assertThat(verdict.row(new Subject.OfMetric(Metric.GaugeValue.of("heap growth", Statistic.OWN))))
                .get()
                .extracting(Row::band)
                .isEqualTo(Band.CRITICAL);
        assertThat(verdict.row(Subject.Rule.HEAP_GROWTH)).isEmpty();
    }

    @Test
    void allowsASpikeWhatItsAnnotationAllows() {
        Kind.Spike slow = new Kind.Spike(ofSeconds(5), ofSeconds(30), ofMillis(100));
        Results results = Results.of(slow).elapsed(ofSeconds(20)).responseTime(times(100, ofMillis(40)));

        assertThat(Judge.judge(results.build()).passed()).isTrue();
        assertThat(Judge.judge(Results.of(new Kind.Spike(ofSeconds(5)))
                                .responseTime(times(100, ofMillis(40)))
                                .build())
                        .passed())
                .isFalse();
    }

    private static Row row(Verdict verdict, String metric) {
        return verdict.rows().stream()
                .filter(row -> row.label().equals(metric))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + metric + " in " + verdict.rows()));
    }

    @Test
    void failsARunThatIsSlowerThanItsTestAllows() {
        LoadResult result = Results.basic().maxSlowdown(0.1).build();

        Verdict verdict = Judge.judge(result, Comparisons.slower(0.23));

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.refusedByBaseline()).isTrue();
        assertThat(verdict.rows())
                .contains(new Row(Subject.Rule.BASELINE, Band.CRITICAL, "+23 % p95", 23, "<= +10 %", "<= +10 %", ""));
        assertThat(verdict.reasons())
                .containsExactly("checkout: response time p95 was 12.3 ms, 23 % slower than the last 7 runs (10 ms),"
                        + " critical above 10 % (100 operations, 0 failed).");
    }

    @Test
    void allowsASlowdownWithinWhatItsTestAllows() {
        LoadResult result = Results.basic().maxSlowdown(0.25).build();

        Verdict verdict = Judge.judge(result, Comparisons.slower(0.23));

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.refusedByBaseline()).isFalse();
        assertThat(verdict.rows())
                .contains(new Row(Subject.Rule.BASELINE, Band.TARGET, "+23 % p95", 23, "<= +25 %", "<= +25 %", ""));
    }

    @Test
    void onlyShowsAComparisonWhereItsTestSaysNothingOfIt() {
        Verdict verdict = Judge.judge(Results.basic().build(), Comparisons.slower(0.23));

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.rows()).isEmpty();
        assertThat(verdict.comparison()).isEqualTo(Comparisons.slower(0.23));
    }

    @Test
    void failsNothingBeforeThereAreRunsEnough() {
        Verdict verdict = Judge.judge(Results.basic().maxSlowdown(0.1).build(), Comparisons.none());

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.notes()).contains("Baseline: not judged yet, there are 0 of the 5 runs that it takes.");
        assertThat(Judge.judge(Results.basic().maxSlowdown(0.1).build()).notes())
                .contains(
                        "Baseline: not judged, there is no history (stampede.history = off, or it could not be read).");
    }

    @Test
    void saysOfARunThatCannotBeComparedWhyAndNotThatRunsAreMissing() {
        String statement = "Not compared with earlier runs: 16.7 % of its operations failed.";

        Verdict verdict = Judge.judge(Results.basic().maxSlowdown(0.1).build(), Comparisons.notComparable(statement));

        assertThat(verdict.notes()).contains("Baseline: not judged. " + statement);
    }

    @Test
    void blamesNoSlowdownOnTheTargetWhereTheGeneratorWasAtFault() {
        Verdict verdict = Judge.judge(
                Results.basic().maxSlowdown(0.1).faults("it stood still").build(), Comparisons.slower(0.23));

        assertThat(verdict.outcome()).isEqualTo(Outcome.INVALID);
        assertThat(verdict.comparison()).isNull();
    }

    @Test
    void aRerunThatKeepsWhatTheFirstRunMissedIsAcceptableAndNoMore() {
        Verdict verdict = Judge.judge(Results.basic().build(), null, 1);

        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.row(Subject.Rule.RERUN)).get().satisfies(row -> {
            assertThat(row.band()).isEqualTo(Band.ACCEPTABLE);
            assertThat(row.value()).isEqualTo(1);
        });
        assertThat(verdict.notes()).anyMatch(note -> note.contains("missed its target, then kept it in a rerun"));
        assertThat(Judge.judge(Results.basic().build(), null, 0).row(Subject.Rule.RERUN))
                .isEmpty();
    }

    @Test
    void aRerunFailsATestThatAcceptsNothingButItsTargets() {
        Verdict verdict = Judge.judge(Results.basic().failOn(Band.ACCEPTABLE).build(), null, 1);

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(verdict.reasons()).singleElement().asString().contains("then kept it in a rerun");
    }
}
