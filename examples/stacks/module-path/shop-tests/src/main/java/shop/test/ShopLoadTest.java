package shop.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stampede.LoadTest;
import io.stampede.junit.BasicLoadTest;
import io.stampede.junit.Gauge;
import io.stampede.junit.PerformanceTargets;
import io.stampede.scenario.Workload;
import io.stampede.verdict.FinishedRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShopLoadTest {
    @Gauge("queue")
    int queue() {
        return 1;
    }

    @BasicLoadTest(concurrent = 20)
    @PerformanceTargets("shop.md")
    void serves() {}

    /** Knows what the build says from a listener of the launcher. */
    @Test
    void servesInCode() {
        FinishedRun run = LoadTest.named("in code").workload(Workload.burst(20)).run(it -> {});

        assertEquals(10, run.result().succeeded());
    }

    @AfterEach
    void ranAsModules() {
        assertTrue(getClass().getModule().isNamed());
        assertTrue(LoadTest.class.getModule().isNamed());
    }
}
