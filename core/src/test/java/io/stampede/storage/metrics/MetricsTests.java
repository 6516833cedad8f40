package io.stampede.storage.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MetricsTests {

    private static final StorageStats STATS =
            new StorageStats(Instant.EPOCH, 9, 1, 100, 2, 6, 3, 3, 4, 5, 0.25, 0.5, 40, Duration.ofMillis(3));

    @Test
    void aHistogramHasTheTimesThatWereRecorded() {
        PerformanceMonitor monitor = new PerformanceMonitor();

        for (int i = 1; i <= 1000; i++) {
            monitor.record("mine", TimeUnit.MICROSECONDS.toNanos(i));
        }

        Latency latency = monitor.latency("mine");
        assertThat(latency.count()).isEqualTo(1000);
        assertThat(latency.p50()).isBetween(Duration.ofNanos(499_000), Duration.ofNanos(502_000));
        assertThat(latency.p99()).isBetween(Duration.ofNanos(988_000), Duration.ofNanos(992_000));
        assertThat(monitor.names()).contains("mine", "conversation_queue", "conversation_store", "conversation_embed");
        assertThat(monitor.latency("mine").count()).isEqualTo(1000);
    }

    @Test
    void timesBeyondTheRangeCountAsItsEnds() {
        PerformanceMonitor monitor = new PerformanceMonitor();

        monitor.record("mine", -5);
        monitor.record("mine", Long.MAX_VALUE);

        assertThat(monitor.latency("mine").count()).isEqualTo(2);
        assertThat(monitor.latency("mine").max()).isBetween(Duration.ofSeconds(599), Duration.ofSeconds(601));
    }

    @Test
    void aHistogramThatIsNotThereIsEmpty() {
        assertThat(new PerformanceMonitor().latency("nothing").count()).isZero();
        assertThat(new PerformanceMonitor().latency("nothing").max()).isZero();
    }

    @Test
    void resetEmptiesTheHistograms() {
        PerformanceMonitor monitor = new PerformanceMonitor();
        monitor.record(PerformanceMonitor.QUEUE, 1000);

        monitor.reset();

        assertThat(monitor.latency(PerformanceMonitor.QUEUE).count()).isZero();
    }

    @Test
    void theStreamPrintsALineForEachSnapshot() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

        try (MetricsStream stream =
                MetricsStream.start(() -> STATS, Duration.ofMillis(5), MetricsStream.printingTo(out))) {
            assertThat(stream).isNotNull();
            await().until(() -> bytes.toString(StandardCharsets.UTF_8).lines().count() >= 2);
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("queued 1/100, storing 2, stored 6, embedding backlog 3, completed 3, failed 4, rejected 5,"
                        + " cache 25 %, pool 50 %, batches of 40 within 3.0 ms");
    }

    @Test
    void aConsumerThatThrowsGetsTheNextSnapshot() {
        AtomicInteger calls = new AtomicInteger();

        MetricsStream stream = MetricsStream.start(() -> STATS, Duration.ofMillis(5), stats -> {
            calls.incrementAndGet();
            throw new IllegalStateException("on purpose");
        });

        await().until(() -> calls.get() >= 3);
        stream.close();
    }

    @Test
    void refusesAnIntervalThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricsStream.start(() -> STATS, Duration.ZERO, stats -> {}))
                .withMessageContaining("interval must be > 0");
    }
}
