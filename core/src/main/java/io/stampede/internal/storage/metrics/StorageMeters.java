package io.stampede.internal.storage.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.stampede.storage.metrics.PerformanceMonitor;
import io.stampede.storage.metrics.StorageStats;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Offers a storage's figures to Micrometer, under {@code stampede.storage}: what is there now as gauges, what has happened
 * since the storage opened as counters, each stage's times as their count and sum. All are read when the registry asks;
 * nothing is recorded twice. Thread-safe.
 */
public final class StorageMeters implements MeterBinder {

    private static final String PREFIX = "stampede.storage.";

    private final Supplier<StorageStats> stats;
    private final PerformanceMonitor monitor;
    private final long openedNanos = System.nanoTime();

    public StorageMeters(Supplier<StorageStats> stats, PerformanceMonitor monitor) {
        this.stats = stats;
        this.monitor = monitor;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bindGauges(registry);
        bindCounters(registry);
        for (StageTimes stage : StageTimes.values()) {
            FunctionTimer.builder(
                            stage.meterName(),
                            monitor,
                            times -> stage.buckets(times).count(),
                            times -> stage.buckets(times).sumNanos(),
                            TimeUnit.NANOSECONDS)
                    .description(stage.description())
                    .register(registry);
        }
    }

    private void bindGauges(MeterRegistry registry) {
        gauge(registry, "queue.size", "Conversations that wait to be stored", StorageStats::queued);
        gauge(registry, "queue.capacity", "How many conversations may wait to be stored", StorageStats::queueCapacity);
        gauge(
                registry,
                "in.flight",
                "Conversations that are being stored: taken by a writer, not committed yet",
                StorageStats::storing);
        gauge(
                registry,
                "embedding.backlog",
                "Embeddings still to be made, by all processes on this database",
                StorageStats::embeddingBacklog);
        gauge(
                registry,
                "breaker.open",
                "1 while Ollama is left alone because it failed repeatedly, else 0",
                now -> now.breakerOpen() ? 1 : 0);
        gauge(registry, "pool.active", "Database connections in use", StorageStats::poolActive);
        gauge(registry, "pool.size", "Database connections that the pool may have", StorageStats::poolSize);
        gauge(registry, "batch.size", "The most that a writer takes at once just now", StorageStats::batchSize);
        TimeGauge.builder(
                        PREFIX + "batch.delay",
                        stats,
                        TimeUnit.NANOSECONDS,
                        source -> source.get().batchDelay().toNanos())
                .description("How long a writer lets a batch fill just now")
                .strongReference(true)
                .register(registry);
        TimeGauge.builder(PREFIX + "uptime", this, TimeUnit.NANOSECONDS, self -> System.nanoTime() - self.openedNanos)
                .description("How long the storage has been open")
                .strongReference(true)
                .register(registry);
    }

    private void bindCounters(MeterRegistry registry) {
        counter(registry, "accepted", Tags.empty(), "Conversations taken in", StorageStats::accepted);
        counter(
                registry,
                "rejected",
                Tags.empty(),
                "Conversations that the full queue turned away",
                StorageStats::rejected);
        counter(registry, "stored", Tags.empty(), "Conversations committed", StorageStats::stored);
        counter(registry, "completed", Tags.empty(), "Embeddings committed", StorageStats::completed);
        String failed = "Conversations not stored, and embeddings given up";
        counter(registry, "failed", Tags.of("stage", "store"), failed, StorageStats::notStored);
        counter(registry, "failed", Tags.of("stage", "embed"), failed, StorageStats::notEmbedded);
        String gets = "Look-ups in the cache of embeddings";
        counter(registry, "cache.gets", Tags.of("result", "hit"), gets, StorageStats::cacheHits);
        counter(registry, "cache.gets", Tags.of("result", "miss"), gets, StorageStats::cacheMisses);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<StorageStats> value) {
        Gauge.builder(PREFIX + name, stats, source -> value.applyAsDouble(source.get()))
                .description(description)
                // Held by the gauge: the registry alone would let it be collected, and the gauge would read NaN.
                .strongReference(true)
                .register(registry);
    }

    private void counter(
            MeterRegistry registry, String name, Tags tags, String description, ToDoubleFunction<StorageStats> value) {
        FunctionCounter.builder(PREFIX + name, stats, source -> value.applyAsDouble(source.get()))
                .tags(tags)
                .description(description)
                .register(registry);
    }
}
