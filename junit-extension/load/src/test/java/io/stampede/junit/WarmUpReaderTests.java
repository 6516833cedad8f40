package io.stampede.junit;

import static io.stampede.scenario.Rate.perSecond;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Workload;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a warm-up is made of, without running it. */
class WarmUpReaderTests {

    private static final Workload BURST = Workload.burst(500);
    private static final Workload PACED = Workload.paced(1000, ofMillis(20));
    private static final Workload RAMP = Workload.ramp(perSecond(10), perSecond(200), ofSeconds(30));
    private static final Workload USERS =
            Workload.users(50, ofSeconds(30)).thinking(ofMillis(100)).rampedUpOver(ofSeconds(10));

    @Test
    void lastsFiveSecondsAtTheScenariosOwnRate() {
        assertThat(warmUp("plain", PACED)).isEqualTo(Workload.arrivals(perSecond(50), ofSeconds(5)));
        assertThat(warmUp("plain", Workload.poisson(perSecond(30), ofSeconds(60))))
                .isEqualTo(Workload.poisson(perSecond(30), ofSeconds(5)));
        assertThat(warmUp("plain", RAMP)).isEqualTo(Workload.arrivals(perSecond(10), ofSeconds(5)));
    }

    @Test
    void hasTheScenariosUsersAtOnce() {
        assertThat(warmUp("plain", USERS))
                .isEqualTo(Workload.users(50, ofSeconds(5)).thinking(ofMillis(100)));
    }

    @Test
    void isABurstWhereTheScenarioIs() {
        assertThat(warmUp("plain", BURST)).isEqualTo(BURST);
        assertThat(warmUp("counted", BURST)).isEqualTo(Workload.burst(80));
        assertThat(warmUp("counted", Workload.waves(500, ofSeconds(60), ofSeconds(5))))
                .isEqualTo(Workload.burst(80));
    }

    @Test
    void runsAsManyAsAreAskedFor() {
        Workload workload = warmUp("counted", PACED);

        assertThat(workload).isEqualTo(Workload.arrivals(perSecond(50), ofMillis(1600)));
        assertThat(workload)
                .isNotNull()
                .satisfies(it -> assertThat(it.operations()).isEqualTo(80));
        assertThat(warmUp("counted", Workload.arrivals(perSecond(7), ofSeconds(10))))
                .isNotNull()
                .satisfies(it -> assertThat(it.operations()).isEqualTo(80));
    }

    @Test
    void mayHaveALoadOfItsOwn() {
        assertThat(warmUp("rated", BURST)).isEqualTo(Workload.arrivals(perSecond(20), ofSeconds(2)));
        assertThat(warmUp("rated", USERS)).isEqualTo(Workload.arrivals(perSecond(20), ofSeconds(2)));
        assertThat(warmUp("peopled", BURST)).isEqualTo(Workload.users(3, ofSeconds(2)));
    }

    @Test
    void holdsForAllLoadTestsOfAClassWithoutOneOfTheirOwn() {
        assertThat(warmUp("bare", BURST)).isEqualTo(Workload.arrivals(perSecond(3), ofSeconds(5)));
        assertThat(read(Bare.class, "nothing", BURST)).isNull();
        assertThat(read(Described.Inner.class, "inner", BURST))
                .isEqualTo(new Phase("warm-up", Workload.arrivals(perSecond(3), ofSeconds(5))));
    }

    private static @Nullable Workload warmUp(String method, Workload workload) {
        Phase phase = read(Described.class, method, workload);
        return phase == null ? null : phase.workload();
    }

    private static @Nullable Phase read(Class<?> type, String name, Workload workload) {
        try {
            Method method = type.getDeclaredMethod(name);
            return WarmUpReader.read(
                    new AnnotationLookup(type, method),
                    new Shape(new Kind.Basic(), List.of(new Phase("load", workload))));
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    @WarmUp(rate = "3/s")
    abstract static class Described {

        @WarmUp
        abstract void plain();

        @WarmUp(count = 80)
        abstract void counted();

        @WarmUp(rate = "20/s", duration = "2s")
        abstract void rated();

        @WarmUp(users = 3, duration = "2s")
        abstract void peopled();

        abstract void bare();

        abstract static class Inner {
            abstract void inner();
        }
    }

    abstract static class Bare {
        abstract void nothing();
    }
}
