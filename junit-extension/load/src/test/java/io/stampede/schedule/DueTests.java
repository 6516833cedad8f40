package io.stampede.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stampede.scenario.Rate;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DueTests {

    static Stream<Workload> workloads() {
        return Stream.of(
                Workload.burst(500),
                Workload.paced(700, Duration.ofMillis(7)),
                Workload.arrivals(Rate.perSecond(333), Duration.ofSeconds(3)),
                Workload.ramp(Rate.perSecond(10), Rate.perSecond(700), Duration.ofSeconds(4)),
                Workload.ramp(Rate.perSecond(700), Rate.perSecond(0.5), Duration.ofSeconds(4)),
                Workload.waves(503, Duration.ofSeconds(5), Duration.ofMillis(500)));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void agreesWithTheScheduleWithinOneOperation(Workload workload) {
        Schedule schedule = Schedule.of(workload, 1);
        long due = 0;
        long next = schedule.nextDueNanos();
        for (long nanos = 0; nanos <= 6_000_000_000L; nanos += 13_000_000) {
            while (next <= nanos) {
                due++;
                next = schedule.hasNext() ? schedule.nextDueNanos() : Long.MAX_VALUE;
            }

            assertThat(Due.by(workload, nanos)).as("at %,d ns", nanos).isCloseTo((double) due, within(1.0));
        }
        assertThat(Due.by(workload, 6_000_000_000L)).isEqualTo((double) workload.operations());
    }

    @Test
    void isTheMeanOfRandomArrivals() {
        Workload poisson = Workload.poisson(Rate.perSecond(100), Duration.ofSeconds(10));

        assertThat(Due.by(poisson, 5_000_000_000L)).isEqualTo(500);
        assertThat(Due.by(poisson, 11_000_000_000L)).isEqualTo(1000);
    }

    @Test
    void nothingIsDueBeforeThePhaseBeganAndNothingEverWhereUsersWait() {
        assertThat(Due.by(Workload.burst(5), -1)).isZero();
        assertThat(Due.by(Workload.users(2, Duration.ofSeconds(1)), 1)).isNaN();
    }
}
