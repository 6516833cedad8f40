package io.stampede.examples.shop;

import static io.stampede.assertj.LoadAssertions.assertThat;
import static io.stampede.metric.Unit.SHARE;
import static java.time.Duration.ofSeconds;

import io.stampede.LoadTest;
import io.stampede.junit.Gauge;
import io.stampede.junit.PerformanceTarget;
import io.stampede.junit.PerformanceTargets;
import io.stampede.junit.SpikeTest;
import io.stampede.junit.StressTest;
import io.stampede.operation.Iteration;
import io.stampede.scenario.Kind;
import io.stampede.targets.Target;
import io.stampede.targets.Targets;
import io.stampede.verdict.FinishedRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A service that takes 80 ms even if nobody else asks: the usual limits of a spike and a stress test are too strict. */
@PerformanceTargets("shop-targets.md")
class ShopParcelsLoadTest {

    private final Shop shop = new Shop("teapot", 100_000);

    @Gauge("customers in line")
    int customersInLine() {
        return shop.waiting();
    }

    @Gauge(value = "cashiers at work", unit = SHARE)
    double cashiersAtWork() {
        return shop.cashiersAtWork();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @StressTest(
            from = 200,
            to = 800,
            step = 200,
            breaksWhen = {"mean response time > 1 s", "success rate < 99 %"})
    void parcelsUnderStress(Iteration it) {
        it.completesWith(shop.ship("teapot"));
    }

    @SpikeTest(concurrent = 500)
    @PerformanceTarget(metric = "mean response time", target = "< 200 ms", acceptable = "< 1 s")
    @PerformanceTarget(metric = "cashiers at work", target = "< 80 %")
    void parcelsInASpike(Iteration it) {
        it.completesWith(shop.ship("teapot"));
    }

    @Test
    @Tag("load")
    void parcelsUnderStressInCode() {
        FinishedRun run = LoadTest.named("parcels under stress")
                .stress(new Kind.Stress(200, 800, 200, ofSeconds(5), 0))
                .breaksWhen("mean response time > 1 s", "success rate < 99 %")
                .gauge("cashiers at work", SHARE, shop::cashiersAtWork)
                .targets(Targets.of(
                        Target.of("response time p95", "< 200 ms", "< 2 s"), Target.of("cashiers at work", "< 80 %")))
                .run(it -> it.completesWith(shop.ship("teapot")));

        assertThat(run).meetsTargets();
    }
}
