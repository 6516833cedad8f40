package io.stampede.storage.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import io.stampede.internal.storage.metrics.StageTimes;
import io.stampede.internal.storage.metrics.TimeBuckets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MetricsTests {

    private static final StorageStats STATS = stats(Instant.EPOCH, 9);

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
                MetricsStream.start(() -> STATS, Duration.ofMillis(5), MetricsStream.printingTo(out, STATS))) {
            assertThat(stream).isNotNull();
            await().until(() -> bytes.toString(StandardCharsets.UTF_8).lines().count() >= 2);
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains(
                        "queued 1/100, storing 2, embedding backlog 3, accepted 9 (-/s), stored 6 (-/s), embedded 3 (-/s),"
                                + " failed 4, rejected 5, cache 25 %, pool 50 %, batches of 40 within 3.0 ms, breaker open");
    }

    @Test
    void aLineTellsTheRatesSinceTheOneBefore() {
        StorageStats later = stats(Instant.EPOCH.plusSeconds(5), 1009);

        assertThat(MetricsStream.line(STATS, later)).contains("accepted 1009 (200/s), stored 6 (0/s)");
    }

    @Test
    void countsThatWereResetGiveNoNegativeRate() {
        StorageStats reset = stats(Instant.EPOCH.plusSeconds(1), 4);

        assertThat(MetricsStream.line(STATS, reset)).contains("accepted 4 (4/s)");
    }

    private static StorageStats stats(Instant at, long accepted) {
        return new StorageStats(at, accepted, 1, 100, 2, 6, 3, 3, 3, 1, 5, 1, 3, true, 4, 8, 40, Duration.ofMillis(3));
    }

    @Test
    void bucketsHoldWhatIsUpToTheirBound() {
        PerformanceMonitor monitor = new PerformanceMonitor();
        monitor.record(PerformanceMonitor.QUEUE, 0);
        monitor.record(PerformanceMonitor.QUEUE, TimeUnit.MILLISECONDS.toNanos(19));
        monitor.record(PerformanceMonitor.QUEUE, TimeUnit.MILLISECONDS.toNanos(21));
        monitor.record(PerformanceMonitor.QUEUE, TimeUnit.SECONDS.toNanos(550));

        TimeBuckets buckets = StageTimes.QUEUE.buckets(monitor);

        long[] bounds = TimeBuckets.boundsNanos();
        int twenty = Arrays.binarySearch(bounds, TimeUnit.MILLISECONDS.toNanos(20));
        assertThat(twenty).isPositive();
        assertThat(buckets.counts()).hasSize(bounds.length + 1);
        assertThat(buckets.counts().get(0)).isEqualTo(1);
        assertThat(buckets.counts().get(twenty)).isEqualTo(1);
        assertThat(buckets.counts().get(twenty + 1)).isEqualTo(1);
        assertThat(buckets.counts().get(bounds.length)).isEqualTo(1);
        assertThat(buckets.count()).isEqualTo(4);
        assertThat(buckets.sumNanos()).isCloseTo(550.04e9, withinPercentage(0.1));
    }

    @Test
    void bucketsNeverLoseATimeAsMoreCome() {
        PerformanceMonitor monitor = new PerformanceMonitor();
        Random random = new Random(42);
        TimeBuckets before = StageTimes.STORE.buckets(monitor);

        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 500; i++) {
                monitor.record(PerformanceMonitor.STORE, (long) Math.exp(random.nextDouble() * 28));
            }
            TimeBuckets after = StageTimes.STORE.buckets(monitor);
            for (int i = 0; i < after.counts().size(); i++) {
                assertThat(after.counts().get(i))
                        .isGreaterThanOrEqualTo(before.counts().get(i));
            }
            assertThat(after.sumNanos()).isGreaterThan(before.sumNanos());
            before = after;
        }

        assertThat(before.counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(10_000);
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
