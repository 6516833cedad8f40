package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stampede.LoadTest;
import io.stampede.junit.BasicLoadTest;
import io.stampede.junit.PerformanceTargets;
import io.stampede.operation.Iteration;
import io.stampede.scenario.Workload;
import io.stampede.verdict.FinishedRun;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ShopLoadTest {
    private final AtomicInteger sold = new AtomicInteger();

    @BasicLoadTest(concurrent = 200)
    @PerformanceTargets("shop.md")
    void checkout(Iteration it) {
        it.completesWith(CompletableFuture.completedFuture(sold.incrementAndGet()));
    }

    /** Knows what the build says from a listener of the launcher. */
    @Test
    @Tag("load")
    void checkoutInCode() {
        FinishedRun run = LoadTest.named("checkout in code")
                .workload(Workload.burst(200))
                .run(it -> sold.incrementAndGet());

        assertEquals(20, run.result().succeeded());
    }

    /** A tenth of the load, as the build says. */
    @AfterEach
    void allAreSold() {
        assertEquals(20, sold.get());
    }
}
