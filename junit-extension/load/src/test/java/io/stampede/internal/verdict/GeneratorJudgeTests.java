package io.stampede.internal.verdict;

import static io.stampede.internal.verdict.Results.times;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.result.Distribution;
import io.stampede.result.GeneratorHealth;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Validity;
import io.stampede.scenario.Validity.Mode;
import io.stampede.scenario.Workload;
import io.stampede.targets.Target;
import io.stampede.verdict.GeneratorFigure;
import io.stampede.verdict.Verdict;
import io.stampede.verdict.Verdict.Outcome;
import io.stampede.verdict.Verdict.Reading;
import io.stampede.verdict.Verdict.Reading.Standing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GeneratorJudgeTests {

    private static final Target P99 = Target.of("Queue time P99", "< 20ms", "< 50ms");
    private static final Target SERVICE = Target.of("Service time P99", "< 20ms", "< 50ms");
    private static final Target SUCCESS = Target.of("Success rate", "> 99.9%", "> 99%");
    private static final Validity LIMITS = new Validity(Mode.STRICT, ofMillis(50), 0.99, ofMillis(200), 0.1, 0.8, 0.95);

    private Validity limits = LIMITS;
    private Duration watched = ofSeconds(10);
    private Duration starting = ofSeconds(10);
    private Distribution hiccups = times(2000, ofMillis(1));
    private Duration collecting = ofMillis(40);
    private double processCpu = 0.3;
    private double machineCpu = 0.5;

    private final Results results = Results.of(new Kind.Sustained())
            .workload(Workload.paced(100, ofMillis(100)))
            .elapsed(ofSeconds(10));

    @Test
    void showsEveryFigureWithItsLimit() {
        Verdict verdict = judged();

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.generator())
                .extracting(reading -> reading.figure().label() + " " + reading.actual() + " " + reading.limit() + " "
                        + reading.standing().label())
                .containsExactly(
                        "lag p99 10 us <= 50 ms kept",
                        "start rate 100 % >= 99 % kept",
                        "hiccup p99 1 ms <= 200 ms kept",
                        "GC pauses 0.4 % <= 10 % kept",
                        "CPU of this process 30 % <= 80 % kept",
                        "CPU of the machine 50 % <= 95 % kept");
        assertThat(verdict.notes()).isEmpty();
    }

    @Test
    void saysNothingWhereNobodyWatched() {
        Verdict verdict = Judge.judge(results.lag(times(100, ofSeconds(9))).build());

        assertThat(verdict.generator()).isEmpty();
        assertThat(verdict.passed()).isTrue();
    }

    @Test
    void keepsAFigureThatIsOnItsLimit() {
        hiccups = times(2000, ofMillis(200));
        results.lag(times(100, ofMillis(50)));
        processCpu = 0.8;

        assertThat(judged().outcome()).isEqualTo(Outcome.PASSED);
    }

    @Nested
    class BreaksItsLimit {

        @Test
        void whereOperationsStartedLate() {
            results.lag(times(100, ofMillis(812)));

            breaks(
                    GeneratorFigure.LAG,
                    "checkout: cannot be judged, the load generator was at fault: operations started late: lag p99 was"
                            + " 812 ms, limit 50 ms (stampede.validity.lag).");
        }

        @Test
        void whereThePlanWasNotDelivered() {
            starting = ofMillis(10_500);

            breaks(
                    GeneratorFigure.START_RATE,
                    "checkout: cannot be judged, the load generator was at fault: operations started at 95.238 % of the"
                            + " planned rate, limit 99 % (stampede.validity.start-rate).");
        }

        @Test
        void whereThisJvmStoodStill() {
            hiccups = times(2000, ofMillis(1)).plus(times(30, ofMillis(201)));

            breaks(
                    GeneratorFigure.HICCUP,
                    "checkout: cannot be judged, the load generator was at fault: this JVM stood still: hiccup p99 was"
                            + " 201 ms, limit 200 ms (stampede.validity.hiccup).");
        }

        @Test
        void whereItCollectedGarbageAllTheTime() {
            collecting = ofMillis(3400);

            breaks(
                    GeneratorFigure.COLLECTIONS,
                    "checkout: cannot be judged, the load generator was at fault: garbage collections stopped this JVM"
                            + " for 34 % of the time, limit 10 % (12, longest 17 ms) (stampede.validity.gc).");
        }

        @Test
        void whereProcessorsWereBusierThanAllowed() {
            processCpu = 0.81;
            breaks(
                    GeneratorFigure.PROCESS_CPU,
                    "checkout: cannot be judged, the load generator was at fault: this process used 81 % of the"
                            + " processors, limit 80 % (stampede.validity.cpu.process).");
            processCpu = 0.3;
            machineCpu = 0.99;
            breaks(
                    GeneratorFigure.MACHINE_CPU,
                    "checkout: cannot be judged, the load generator was at fault: 99 % of the machine's processors were"
                            + " busy, limit 95 % (stampede.validity.cpu.machine).");
        }

        @Test
        void andNamesTheProcessorsThatMayHaveCausedIt() {
            limits = new Validity(Mode.STRICT, ofMillis(50), 0.99, ofMillis(200), 0.1, 1, 1);
            machineCpu = 0.98;
            results.lag(times(100, ofMillis(812)));

            assertThat(judged().reasons().get(0))
                    .contains("limit 50 ms; the processors were 98 % busy, 30 % with this process (stampede.");
        }

        private void breaks(GeneratorFigure figure, String reason) {
            Verdict verdict = judged();

            assertThat(verdict.outcome()).isEqualTo(Outcome.INVALID);
            assertThat(verdict.reasons()).containsExactly(reason);
            assertThat(verdict.generator())
                    .filteredOn(reading -> reading.standing() == Standing.BROKEN)
                    .extracting(Reading::figure)
                    .containsExactly(figure);
        }
    }

    @Nested
    class DoesNotCryWolf {

        @Test
        void whereOperationsWereDueAtOnce() {
            results.lag(times(100, ofSeconds(1))).workload(Workload.burst(100));

            assertThat(standing(judged(), GeneratorFigure.LAG)).isEqualTo(Standing.NOT_JUDGED);
        }

        @Test
        void whereUsersWaitForAnswers() {
            results.lag(times(100, ofSeconds(1))).workload(Workload.users(1, ofSeconds(10)));

            assertThat(standing(judged(), GeneratorFigure.LAG)).isEqualTo(Standing.NOT_JUDGED);
        }

        @Test
        void whereThePlanEndedALittleLate() {
            results.workload(Workload.paced(10, ofMillis(10))).elapsed(ofMillis(145));
            watched = ofMillis(145);
            starting = ofMillis(145);

            Verdict verdict = judged();
            assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
            assertThat(standing(verdict, GeneratorFigure.START_RATE)).isEqualTo(Standing.NOT_JUDGED);
        }

        @Test
        void whereAShortRunHadOneCollection() {
            watched = ofMillis(200);
            collecting = ofMillis(90);

            Verdict verdict = judged();
            assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
            assertThat(standing(verdict, GeneratorFigure.COLLECTIONS)).isEqualTo(Standing.NOT_JUDGED);
        }

        @Test
        void whereProcessorsAreFullyUsedAndNothingLimitsThem() {
            limits = Validity.DEFAULT;
            processCpu = 1;
            machineCpu = 1;
            Verdict verdict = judged();

            assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
            assertThat(standing(verdict, GeneratorFigure.MACHINE_CPU)).isEqualTo(Standing.NOT_JUDGED);
        }

        @Test
        void whereProcessorsAreNotKnown() {
            processCpu = Double.NaN;
            machineCpu = Double.NaN;
            hiccups = Distribution.EMPTY;
            Verdict verdict = judged();

            assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
            assertThat(standing(verdict, GeneratorFigure.PROCESS_CPU)).isEqualTo(Standing.NOT_JUDGED);
            assertThat(standing(verdict, GeneratorFigure.HICCUP)).isEqualTo(Standing.NOT_JUDGED);
        }
    }

    @Nested
    class WhereSomethingFailedToo {

        @Test
        void excusesTimesByAStall() {
            hiccups = times(2000, ofSeconds(1));
            results.targets(P99, SERVICE, SUCCESS)
                    .responseTime(times(100, ofSeconds(1)))
                    .serviceTime(times(100, ofSeconds(1)));

            assertThat(judged().outcome()).isEqualTo(Outcome.INVALID);
        }

        @Test
        void excusesWaitingByLateStarts() {
            results.targets(P99, SERVICE, SUCCESS)
                    .responseTime(times(100, ofSeconds(1)))
                    .lag(times(100, ofSeconds(1)));

            assertThat(judged().outcome()).isEqualTo(Outcome.INVALID);
        }

        @Test
        void doesNotExcuseASlowTargetByLateStarts() {
            results.targets(P99)
                    .responseTime(times(100, ofSeconds(2)))
                    .serviceTime(times(100, ofSeconds(1)))
                    .lag(times(100, ofSeconds(1)));
            Verdict verdict = judged();

            assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(verdict.reasons()).singleElement().asString().contains("queue time p99 was 2 s");
            assertThat(verdict.notes())
                    .containsExactly(
                            "The load generator was beyond its limits: operations started late: lag p99 was 1 s,"
                                    + " limit 50 ms (stampede.validity.lag).");
        }

        @Test
        void doesNotExcuseOperationsThatThrew() {
            hiccups = times(2000, ofSeconds(1));
            results.targets(SUCCESS).counts(50, 50).failure("java.net.ConnectException", "refused", 50);

            assertThat(judged().outcome()).isEqualTo(Outcome.FAILED);
        }

        @Test
        void excusesOperationsThatTimedOut() {
            hiccups = times(2000, ofSeconds(1));
            results.targets(SUCCESS)
                    .counts(50, 50)
                    .failure("io.stampede.operation.OperationTimeoutException", "not within 60 s", 40)
                    .failure("java.net.SocketTimeoutException", "read timed out", 10);

            assertThat(judged().outcome()).isEqualTo(Outcome.INVALID);
        }

        @Test
        void excusesTimesThatNobodyHasBecauseAllTimedOut() {
            hiccups = times(2000, ofSeconds(1));
            results.targets(P99, SUCCESS)
                    .counts(0, 100)
                    .responseTime(Distribution.EMPTY)
                    .serviceTime(Distribution.EMPTY)
                    .failure("io.stampede.operation.OperationTimeoutException", "not within 60 s", 100);

            assertThat(judged().outcome()).isEqualTo(Outcome.INVALID);
        }

        @Test
        void doesNotExcuseTimeoutsByLateStartsAlone() {
            results.lag(times(100, ofSeconds(1)))
                    .targets(SUCCESS)
                    .counts(50, 50)
                    .failure("io.stampede.operation.OperationTimeoutException", "not within 60 s", 50);

            Verdict verdict = judged();

            assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(verdict.notes()).singleElement().asString().contains("operations started late: lag p99 was 1 s");
        }

        @Test
        void countsWhatThrewApartFromWhatTimedOut() {
            hiccups = times(2000, ofSeconds(1));
            results.targets(SUCCESS)
                    .counts(9_800, 200)
                    .failure("java.net.SocketTimeoutException", "read timed out", 150)
                    .failure("java.net.ConnectException", "refused", 50);
            assertThat(judged().outcome())
                    .as("50 of 10,000 alone are within 99 %")
                    .isEqualTo(Outcome.INVALID);

            results.counts(9_700, 300).failure("java.net.NoRouteToHostException", "no route", 100);
            assertThat(judged().outcome()).as("150 of 10,000 are not").isEqualTo(Outcome.FAILED);
        }

        @Test
        void doesNotExcuseWhatHasNoData() {
            hiccups = times(2000, ofSeconds(1));
            results.targets(Target.of("Queue size", "< 100", "< 500"));

            assertThat(judged().outcome()).isEqualTo(Outcome.FAILED);
        }
    }

    @Nested
    class WhereTooManyWereInFlight {

        private static final String FULL = "operations of phase load started late because 300 were in flight already;"
                + " raise stampede.concurrency.max";

        @BeforeEach
        void fill() {
            results.faults(FULL).lag(times(100, ofSeconds(5))).targets(P99, SUCCESS);
        }

        @Test
        void blamesTheGeneratorIfTheTargetAnsweredInTime() {
            results.responseTime(times(100, ofSeconds(5))).serviceTime(times(100, ofMillis(10)));

            Verdict verdict = judged();

            assertThat(verdict.outcome()).isEqualTo(Outcome.INVALID);
            assertThat(verdict.reasons().get(0))
                    .isEqualTo("checkout: cannot be judged, the load generator was at fault: " + FULL + ".");
        }

        @Test
        void blamesItIfNothingWasMissedAtAll() {
            results.lag(times(100, ofMillis(1)));

            assertThat(judged().outcome()).isEqualTo(Outcome.INVALID);
        }

        @Test
        void blamesATargetThatNeverAnswers() {
            results.counts(0, 600)
                    .responseTime(Distribution.EMPTY)
                    .serviceTime(Distribution.EMPTY)
                    .failure("io.stampede.operation.OperationTimeoutException", "not within 10 s", 600);

            Verdict verdict = judged();

            assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(verdict.reasons()).anyMatch(reason -> reason.contains("success rate was 0 %"));
            assertThat(verdict.notes()).contains("The load generator was beyond its limits: " + FULL + ".");
        }

        @Test
        void blamesATargetThatThrows() {
            results.counts(400, 3600)
                    .failure("java.lang.IllegalStateException", "503", 3200)
                    .failure("io.stampede.operation.OperationTimeoutException", "not within 10 s", 400);

            assertThat(judged().outcome()).isEqualTo(Outcome.FAILED);
        }

        @Test
        void blamesTheGeneratorForTimeoutsIfItStalledItself() {
            hiccups = times(2000, ofSeconds(1));
            results.counts(0, 600)
                    .responseTime(Distribution.EMPTY)
                    .serviceTime(Distribution.EMPTY)
                    .failure("io.stampede.operation.OperationTimeoutException", "not within 10 s", 600);

            Verdict verdict = judged();

            assertThat(verdict.outcome()).isEqualTo(Outcome.INVALID);
            assertThat(verdict.reasons()).hasSize(3).first().asString().contains(FULL);
        }
    }

    @Test
    void notesThreadsThatWereAbandoned() {
        Verdict verdict = Judge.judge(
                results.abandoned("5 threads did not end within 5 s of being interrupted and were abandoned: [a]")
                        .build());

        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.notes())
                .containsExactly("5 threads did not end within 5 s of being interrupted and were abandoned: [a].");
    }

    @Test
    void isInvalidWhereToldToFail() {
        limits = LIMITS.as(Mode.FAIL);
        hiccups = times(2000, ofSeconds(1));

        assertThat(judged().outcome()).isEqualTo(Outcome.INVALID);
    }

    @Test
    void warnsOnlyWhereToldTo() {
        limits = LIMITS.as(Mode.WARN);
        hiccups = times(2000, ofSeconds(1));
        Verdict verdict = judged();

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.notes())
                .containsExactly("The load generator was beyond its limits: this JVM stood still: hiccup p99 was 1 s,"
                        + " limit 200 ms (stampede.validity.hiccup).");
        assertThat(standing(verdict, GeneratorFigure.HICCUP)).isEqualTo(Standing.BROKEN);
    }

    @Test
    void judgesNothingWhereItIsOffAndSaysSo() {
        results.targets(P99).responseTime(times(100, ofSeconds(1))).lag(times(100, ofSeconds(1)));
        Verdict verdict = Judge.judge(
                results.generator(GeneratorHealth.unknown(LIMITS.as(Mode.OFF))).build());

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.generator()).isEmpty();
        assertThat(verdict.notes()).containsExactly("The load generator was not watched: stampede.validity = off.");
    }

    @Test
    void leavesTheReasonToTheEarlyEndOfARun() {
        starting = ofSeconds(20);
        results.endedEarly("interrupted after 100 of 200 operations");
        Verdict verdict = judged();

        assertThat(verdict.reasons()).singleElement().asString().contains("it ended early");
        assertThat(standing(verdict, GeneratorFigure.START_RATE)).isEqualTo(Standing.NOT_JUDGED);
    }

    private Verdict judged() {
        return Judge.judge(results.generator(new GeneratorHealth(
                        limits,
                        watched,
                        new GeneratorHealth.Starts(
                                ofSeconds(10).compareTo(starting) > 0 ? ofMillis(100) : ofSeconds(10), starting),
                        Distribution.EMPTY,
                        hiccups,
                        new GeneratorHealth.Collections(12, collecting, ofMillis(17)),
                        new GeneratorHealth.Cpu(processCpu, machineCpu),
                        List.of()))
                .build());
    }

    private static Standing standing(Verdict verdict, GeneratorFigure figure) {
        return verdict.generator().stream()
                .filter(reading -> reading.figure() == figure)
                .map(Reading::standing)
                .findFirst()
                .orElseThrow();
    }
}
