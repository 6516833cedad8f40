package io.stampede.internal.storage.metrics;

import io.stampede.storage.metrics.PerformanceMonitor;

/** The three stages whose times are offered to the outside. */
public enum StageTimes {
    QUEUE(PerformanceMonitor.QUEUE, "How long a call of queue took"),
    STORE(PerformanceMonitor.STORE, "From when a conversation was queued until it was committed"),
    EMBED(PerformanceMonitor.EMBED, "From when a conversation was committed until its embedding was");

    private final String histogram;
    private final String description;

    StageTimes(String histogram, String description) {
        this.histogram = histogram;
        this.description = description;
    }

    /** The name in Micrometer, without a unit: {@code stampede.storage.queue.time}. */
    public String meterName() {
        return "stampede.storage." + histogram.substring("conversation_".length()) + ".time";
    }

    /** What it says, in a sentence. */
    public String description() {
        return description;
    }

    /** What the monitor has recorded of it, in buckets, as monitoring systems take them. */
    public TimeBuckets buckets(PerformanceMonitor monitor) {
        return TimeBuckets.of(monitor.histogram(histogram));
    }
}
