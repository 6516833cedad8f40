package io.stampede.storage.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.stampede.storage.ConversationStorage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** What {@code /metrics} shows: the storage, the requests, and the process. Thread-safe. */
final class HttpMeters implements AutoCloseable {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    // Any other method is counted as OTHER: a caller must not be able to make up time series.
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private record Key(Route route, String method, int status) {}

    private final PrometheusMetrics metrics;
    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    HttpMeters(ConversationStorage storage) {
        this.metrics = PrometheusMetrics.of(storage);
        this.registry = metrics.registry();
        new ClassLoaderMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    /** Shows a figure of the service itself. */
    void gauge(String name, String description, IntSupplier value) {
        Gauge.builder("stampede.http." + name, value::getAsInt)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** Counts an answer and how long it took since the request line came. */
    void answered(Route route, String method, int status, long nanos) {
        Key key = new Key(route, METHODS.contains(method) ? method : "OTHER", status);
        Timer timer = timers.get(key);
        if (timer == null) {
            timer = timers.computeIfAbsent(key, this::timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Everything in Prometheus' text format. */
    byte[] text() {
        return metrics.scrape().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        metrics.close();
    }

    private Timer timer(Key key) {
        return Timer.builder("stampede.http.requests")
                .description("How long requests take to be answered, from the request line to the answer's")
                .tag("route", key.route().path())
                .tag("method", key.method())
                .tag("status", Integer.toString(key.status()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
