package io.stampede.junit;

import static io.stampede.scenario.Rate.perMinute;
import static io.stampede.scenario.Rate.perSecond;
import static io.stampede.scenario.Workload.Arrivals.Spacing.POISSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.PhaseSource;
import io.stampede.scenario.Workload;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What annotations ask for, without running it. */
class ShapeTests {

    @Test
    void readsAnArrivalRate() {
        assertThat(shape("steady"))
                .isEqualTo(one(
                        new Kind.ArrivalRate(),
                        "arrival rate",
                        Workload.arrivals(perSecond(200), Duration.ofSeconds(20))));
        assertThat(shape("random"))
                .isEqualTo(one(
                        new Kind.ArrivalRate(),
                        "arrival rate",
                        Workload.poisson(perMinute(30), Duration.ofMinutes(1))));
        assertThat(shape("ramp"))
                .isEqualTo(one(
                        new Kind.ArrivalRate(),
                        "arrival rate",
                        Workload.ramp(perSecond(10), perSecond(200), Duration.ofSeconds(30))));
    }

    @Test
    void readsUsers() {
        assertThat(shape("users"))
                .isEqualTo(one(
                        new Kind.Users(),
                        "closed model",
                        Workload.users(50, Duration.ofSeconds(20))
                                .thinking(Duration.ofMillis(100))
                                .rampedUpOver(Duration.ofSeconds(5))));
        assertThat(shape("usersByDefault"))
                .isEqualTo(one(new Kind.Users(), "closed model", Workload.users(10, Duration.ofSeconds(30))));
    }

    @Test
    void readsPhasesOfTheUsersOwn() {
        assertThat(shape("day"))
                .isEqualTo(new Shape(
                        new Kind.Phases(),
                        List.of(
                                new Phase("morning", Workload.arrivals(perSecond(10), Duration.ofSeconds(2))),
                                new Phase("rush", Workload.burst(100)))));
    }

    @Test
    void scalesTheTimeOfRatesAndUsersAndNotTheRest() {
        assertThat(shape("users").scaled(0.1).phases().get(0).workload())
                .isEqualTo(Workload.users(50, Duration.ofSeconds(2))
                        .thinking(Duration.ofMillis(100))
                        .rampedUpOver(Duration.ofMillis(500)));
        assertThat(shape("ramp").scaled(0.1).phases().get(0).workload())
                .isEqualTo(Workload.ramp(perSecond(10), perSecond(200), Duration.ofSeconds(3)));
        assertThat(shape("day").scaled(0.1).phases().get(1)).isEqualTo(new Phase("rush", Workload.burst(10)));
    }

    private static Shape one(Kind kind, String name, Workload workload) {
        return new Shape(kind, List.of(new Phase(name, workload)));
    }

    private static Shape shape(String name) {
        try {
            Method method = Described.class.getDeclaredMethod(name);
            for (Class<? extends Annotation> type : Shape.READERS.keySet()) {
                Annotation annotation = method.getAnnotation(type);
                if (annotation != null) {
                    return java.util.Objects.requireNonNull(Shape.READERS.get(type))
                            .apply(new Attributes(annotation, method));
                }
            }
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("no load test annotation on " + name);
    }

    /** Looked at by reflection alone. */
    abstract static class Described {

        @ArrivalRateTest(rate = "200/s", duration = "20s")
        abstract void steady();

        @ArrivalRateTest(rate = "30/min", duration = "1min", arrivals = POISSON)
        abstract void random();

        @ArrivalRateTest(rate = "10/s", to = "200/s")
        abstract void ramp();

        @UsersTest(users = 50, duration = "20s", thinkTime = "100ms", rampUp = "5s")
        abstract void users();

        @UsersTest
        abstract void usersByDefault();

        @WorkloadTest(Day.class)
        abstract void day();
    }

    private static final class Day implements PhaseSource {
        @Override
        public List<Phase> phases() {
            return List.of(
                    Phase.of("morning", Workload.arrivals(perSecond(10), Duration.ofSeconds(2))),
                    Phase.of("rush", Workload.burst(100)));
        }
    }
}
