package io.stampede.report.live;

import io.stampede.junit.ArrivalRateTest;
import io.stampede.junit.Gauge;
import io.stampede.junit.PerformanceTarget;
import io.stampede.junit.UsersTest;
import io.stampede.junit.WarmUp;
import io.stampede.operation.Iteration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;

/** Real load tests, run by {@link LivePageTests} in a JVM of its own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveTestCase {

    private final AtomicInteger waiting = new AtomicInteger();

    @Gauge("<b>in the shop</b>")
    int waiting() {
        return waiting.get();
    }

    @Order(1)
    @UsersTest(users = 2, duration = "1200ms")
    void browse() throws InterruptedException {
        Thread.sleep(5);
    }

    @Order(2)
    @WarmUp(duration = "1500ms")
    @PerformanceTarget(metric = "success rate", target = "> 99.9%", acceptable = "> 99%")
    @ArrivalRateTest(rate = "80/s", duration = "6s")
    void checkout(Iteration it) throws InterruptedException {
        waiting.incrementAndGet();
        try {
            Thread.sleep(3 + it.index() % 17);
            if (it.index() % 20 == 3) {
                throw new IllegalStateException("sold out");
            }
        } finally {
            waiting.decrementAndGet();
        }
    }
}
