package io.stampede.examples.shop;

import static io.stampede.assertj.LoadAssertions.assertThat;
import static io.stampede.scenario.Rate.perSecond;
import static io.stampede.scenario.Workload.Arrivals.Spacing.POISSON;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.stampede.LoadTest;
import io.stampede.junit.AbortWhen;
import io.stampede.junit.ArrivalRateTest;
import io.stampede.junit.BasicLoadTest;
import io.stampede.junit.Gauge;
import io.stampede.junit.PerformanceTargets;
import io.stampede.junit.SustainedLoadTest;
import io.stampede.junit.UsersTest;
import io.stampede.junit.WarmUp;
import io.stampede.junit.WorkloadTest;
import io.stampede.operation.Iteration;
import io.stampede.scenario.Phase;
import io.stampede.scenario.PhaseSource;
import io.stampede.scenario.Workload;
import io.stampede.verdict.FinishedRun;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How load may come: at a rate, from users, in phases, warmed up, and ended early. */
@PerformanceTargets("shop-targets.md")
class ShopWorkloadsLoadTest {

    private final Shop shop = new Shop("teapot", 100_000);

    @Gauge("customers in line")
    int customersInLine() {
        return shop.waiting();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @ArrivalRateTest(rate = "200/s", duration = "5s", arrivals = POISSON)
    void customersWhoDoNotKnowEachOther(Iteration it) {
        it.completesWith(shop.checkout("teapot"));
    }

    @ArrivalRateTest(rate = "50/s", to = "400/s", duration = "10s")
    @WarmUp(duration = "2s")
    void saleThatGetsAround(Iteration it) {
        it.completesWith(shop.checkout("teapot"));
    }

    @BasicLoadTest(concurrent = 200)
    @WarmUp(rate = "100/s", duration = "2s")
    void doorsThatOpen(Iteration it) {
        it.completesWith(shop.checkout("teapot"));
    }

    @UsersTest(users = 20, duration = "5s", thinkTime = "50ms", rampUp = "1s")
    @WarmUp(duration = "1s")
    void regulars(Iteration it) {
        Purse purse = it.state(Purse::new);
        it.completesWith(shop.checkout("teapot").thenAccept(purse::pay));
    }

    /** What one customer keeps from one purchase to the next. */
    static final class Purse {
        private int purchases;

        void pay(int receipt) {
            purchases++;
            Assertions.assertThat(receipt).isGreaterThanOrEqualTo(purchases);
        }
    }

    @WorkloadTest(Day.class)
    @WarmUp(rate = "50/s", duration = "1s")
    void day(Iteration it) {
        it.completesWith(shop.checkout("teapot"));
    }

    static final class Day implements PhaseSource {
        @Override
        public List<Phase> phases() {
            return List.of(
                    Phase.of("morning", Workload.arrivals(perSecond(50), ofSeconds(3))),
                    Phase.of("rush", Workload.ramp(perSecond(50), perSecond(400), ofSeconds(4))),
                    Phase.of("evening", Workload.poisson(perSecond(100), ofSeconds(3))));
        }
    }

    @SustainedLoadTest(total = 1000, every = "5ms")
    @AbortWhen({"success rate < 90% for 3s", "customers in line > 5000 for 1s"})
    void lineThatMustNotGrow(Iteration it) {
        it.completesWith(shop.checkout("teapot"));
    }

    @Test
    @Tag("load")
    void wholeDayInCode() {
        FinishedRun run = LoadTest.named("whole day")
                .warmUp(Workload.arrivals(perSecond(50), ofSeconds(1)))
                .phase("morning", Workload.arrivals(perSecond(50), ofSeconds(3)))
                .phase("rush", Workload.burst(200))
                .abortWhen("response time p95 > 2 s for 3s")
                .run(it -> it.completesWith(shop.checkout("teapot")));

        Assertions.assertThat(run.result().abortedBy()).isNull();
        assertThat(run).hasNoFailures();
        assertThat(run).responseTime().percentile(99).isLessThan(ofMillis(500));
    }
}
