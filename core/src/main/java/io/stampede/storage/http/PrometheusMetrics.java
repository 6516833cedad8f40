package io.stampede.storage.http;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.stampede.internal.storage.metrics.StageTimes;
import io.stampede.internal.storage.metrics.TimeBuckets;
import io.stampede.storage.ConversationStorage;
import io.stampede.storage.metrics.PerformanceMonitor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A storage's figures for Prometheus: those of {@link ConversationStorage#meters()}, with the times of the three stages as
 * histograms, so that Prometheus computes quantiles over any time and any number of processes. Thread-safe.
 *
 * @since 0.1
 */
public final class PrometheusMetrics implements AutoCloseable {

    private static final double NANOS_PER_SECOND = 1e9;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    private PrometheusMetrics() {}

    /**
     * Begins to offer the figures of the storage and of the process that it runs in.
     *
     * @param storage what is watched
     * @return to be closed when nobody asks any more
     */
    public static PrometheusMetrics of(ConversationStorage storage) {
        PrometheusMetrics metrics = new PrometheusMetrics();
        bind(metrics.registry, storage);
        metrics.collections.bindTo(metrics.registry);
        for (MeterBinder process :
                List.of(new UptimeMetrics(), new JvmMemoryMetrics(), new JvmThreadMetrics(), new ProcessorMetrics())) {
            process.bindTo(metrics.registry);
        }
        return metrics;
    }

    /**
     * Binds a storage's figures to a registry of one's own, in place of {@code storage.meters().bindTo(registry)}. Once for
     * each registry.
     *
     * @param registry takes the figures
     * @param storage what is watched
     */
    public static void bind(PrometheusMeterRegistry registry, ConversationStorage storage) {
        List<String> replaced =
                Arrays.stream(StageTimes.values()).map(StageTimes::meterName).toList();
        // Micrometer has no histogram that is read when asked, only one that is recorded into: a second time for each
        // call of queue. The one that is there already is read instead, under the same name.
        registry.config().meterFilter(MeterFilter.deny(id -> replaced.contains(id.getName())));
        storage.meters().bindTo(registry);
        for (StageTimes stage : StageTimes.values()) {
            registry.getPrometheusRegistry().register(new Histogram(stage, storage.monitor()));
        }
    }

    /**
     * The registry, for figures of your own.
     *
     * @return closed with this
     */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /**
     * All figures as Prometheus reads them.
     *
     * @return its text format, version 0.0.4
     */
    public String scrape() {
        return registry.scrape();
    }

    /** Stops watching the process. The storage stays open. */
    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    /** A stage's times, read from the storage's own histogram whenever Prometheus asks. */
    private record Histogram(StageTimes stage, PerformanceMonitor monitor) implements Collector {

        @Override
        public HistogramSnapshot collect() {
            TimeBuckets times = stage.buckets(monitor);
            return HistogramSnapshot.builder()
                    .name(stage.meterName().replace('.', '_') + "_seconds")
                    .help(stage.description())
                    .dataPoint(HistogramDataPointSnapshot.builder()
                            .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds(), times.counts()))
                            .sum(times.sumNanos() / NANOS_PER_SECOND)
                            .build())
                    .build();
        }

        private static List<Double> bounds() {
            List<Double> bounds = new ArrayList<>();
            for (long nanos : TimeBuckets.boundsNanos()) {
                bounds.add(nanos / NANOS_PER_SECOND);
            }
            bounds.add(Double.POSITIVE_INFINITY);
            return bounds;
        }
    }
}
