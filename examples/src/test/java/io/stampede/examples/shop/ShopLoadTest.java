package io.stampede.examples.shop;

import static io.stampede.assertj.LoadAssertions.assertThat;
import static io.stampede.scenario.Rate.perSecond;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.stampede.LoadTest;
import io.stampede.junit.ArrivalRateTest;
import io.stampede.junit.Baseline;
import io.stampede.junit.BasicLoadTest;
import io.stampede.junit.Gauge;
import io.stampede.junit.PerformanceTargets;
import io.stampede.operation.Iteration;
import io.stampede.scenario.Workload;
import io.stampede.targets.Targets;
import io.stampede.verdict.FinishedRun;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The extension on something else: its own target, its own gauge, its own targets file. */
@PerformanceTargets("shop-targets.md")
class ShopLoadTest {

    private final Shop shop = new Shop("teapot", 100_000);

    @Gauge("customers in line")
    int customersInLine() {
        return shop.waiting();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @BasicLoadTest(concurrent = 200)
    void checkout(Iteration it) {
        it.completesWith(shop.checkout("teapot"));
    }

    @ArrivalRateTest(rate = "100/s", duration = "10s")
    @Baseline(maxSlowdown = "50%")
    void checkoutAsFastAsEver(Iteration it) {
        it.completesWith(shop.checkout("teapot"));
    }

    @Test
    @Tag("load")
    void checkoutAtASteadyRate() {
        FinishedRun run = LoadTest.named("steady checkout")
                .workload(Workload.arrivals(perSecond(200), ofSeconds(10)))
                .gauge("customers in line", shop::waiting)
                .targets(Targets.markdown("shop-targets.md"))
                .run(it -> it.completesWith(shop.checkout("teapot")));

        assertThat(run).meetsTargets();
        assertThat(run).hasNoFailures();
        assertThat(run).responseTime().percentile(99).isLessThan(ofMillis(500));
        Assertions.assertThat(shop.sold()).isEqualTo((int) run.result().succeeded());
    }
}
