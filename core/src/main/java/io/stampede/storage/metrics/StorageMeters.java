package io.stampede.storage.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Offers a storage's figures to Micrometer, under {@code stampede.storage}. Thread-safe.
 *
 * @since 0.1
 */
public final class StorageMeters implements MeterBinder {

    private static final String PREFIX = "stampede.storage.";
    private static final double[] PERCENTILES = {50, 95, 99};

    private final Supplier<StorageStats> stats;
    private final PerformanceMonitor monitor;

    public StorageMeters(Supplier<StorageStats> stats, PerformanceMonitor monitor) {
        this.stats = stats;
        this.monitor = monitor;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "queued", "Conversations that wait to be stored", StorageStats::queued);
        gauge(registry, "storing", "Conversations that a writer has in hand", StorageStats::storing);
        gauge(registry, "embedding.backlog", "Embeddings still to be made", StorageStats::embeddingBacklog);
        gauge(registry, "cache.hit.rate", "Hits in the cache of embeddings, 0 to 1", StorageStats::cacheHitRate);
        gauge(registry, "pool.use", "Database connections in use, 0 to 1", StorageStats::poolUse);
        counter(registry, "accepted", "Conversations taken in", StorageStats::accepted);
        counter(registry, "stored", "Conversations committed", StorageStats::stored);
        counter(registry, "completed", "Embeddings committed", StorageStats::completed);
        counter(registry, "failed", "Conversations not stored, and embeddings given up", StorageStats::failed);
        counter(registry, "rejected", "Conversations that the full queue turned away", StorageStats::rejected);
        for (String name : monitor.names()) {
            for (double percentile : PERCENTILES) {
                TimeGauge.builder(
                                PREFIX + "latency",
                                monitor,
                                TimeUnit.NANOSECONDS,
                                times -> times.histogram(name).getValueAtPercentile(percentile))
                        .description("How long a stage takes")
                        .tag("stage", name)
                        .tag("quantile", Double.toString(percentile / 100))
                        .register(registry);
            }
        }
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<StorageStats> value) {
        Gauge.builder(PREFIX + name, stats, source -> value.applyAsDouble(source.get()))
                .description(description)
                // Held by the gauge: the registry alone would let it be collected, and the gauge would read NaN.
                .strongReference(true)
                .register(registry);
    }

    private void counter(
            MeterRegistry registry, String name, String description, ToDoubleFunction<StorageStats> value) {
        FunctionCounter.builder(PREFIX + name, stats, source -> value.applyAsDouble(source.get()))
                .description(description)
                .register(registry);
    }
}
