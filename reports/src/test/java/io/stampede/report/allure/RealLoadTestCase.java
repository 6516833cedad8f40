package io.stampede.report.allure;

import io.stampede.junit.EnduranceTest;
import io.stampede.junit.Gauge;
import io.stampede.junit.SpikeTest;
import io.stampede.junit.StressTest;
import io.stampede.junit.WarmUp;
import io.stampede.operation.Iteration;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;

/** Run by {@link RealReportTests} in a JVM of its own: real load of a few seconds each, through the extension. */
class RealLoadTestCase {

    private static final Duration WORK = Duration.ofMillis(4);

    private final LinkedBlockingQueue<Runnable> line = new LinkedBlockingQueue<>();
    private final ExecutorService clerks = new ThreadPoolExecutor(4, 4, 0, TimeUnit.SECONDS, line, task -> {
        Thread clerk = new Thread(task, "clerk");
        clerk.setDaemon(true);
        return clerk;
    });

    @Gauge("queue size")
    int queueSize() {
        return line.size();
    }

    @AfterEach
    void goHome() {
        clerks.shutdownNow();
    }

    /** Those who queue do not wait, so that the queue outlives the load. */
    @SpikeTest(concurrent = 2000)
    void spike(Iteration it) {
        sendAway(it);
        clerks.execute(() -> LockSupport.parkNanos(WORK.toNanos()));
    }

    @WarmUp
    @EnduranceTest(total = 500, every = "10ms")
    void endurance(Iteration it) {
        it.completesWith(CompletableFuture.runAsync(
                () -> {
                    LockSupport.parkNanos(WORK.toNanos());
                    sendAway(it);
                },
                clerks));
    }

    @StressTest(from = 10, to = 400, step = 10, settle = "200ms")
    void stress(Iteration it) {
        it.completesWith(CompletableFuture.runAsync(() -> LockSupport.parkNanos(WORK.toNanos()), clerks));
    }

    /** Every tenth. */
    private static void sendAway(Iteration it) {
        if (it.index() % 10 == 9) {
            throw new IllegalStateException("<b>No form</b> for number " + it.index());
        }
    }
}
