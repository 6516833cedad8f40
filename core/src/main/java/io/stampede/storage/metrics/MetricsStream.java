package io.stampede.storage.metrics;

import io.stampede.internal.storage.DaemonThreads;
import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out a snapshot at a fixed interval until it is closed. Runs on a daemon thread of its own, so a slow consumer
 * delays nothing but the next snapshot.
 *
 * @since 0.1
 */
public final class MetricsStream implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsStream.class);

    private final Supplier<StorageStats> source;
    private final Consumer<StorageStats> consumer;
    private final long intervalNanos;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private MetricsStream(Supplier<StorageStats> source, Duration interval, Consumer<StorageStats> consumer) {
        this.source = source;
        this.consumer = consumer;
        this.intervalNanos = interval.toNanos();
        // A daemon: watching must not keep an application alive.
        this.thread = DaemonThreads.unstarted("stampede-metrics", this::run);
    }

    /**
     * Starts a stream. A consumer that throws gets the next snapshot all the same.
     *
     * @param source takes a snapshot
     * @param interval longer than zero
     * @param consumer takes each snapshot, on the stream's thread
     * @return the running stream
     * @throws IllegalArgumentException where the interval is not longer than zero
     */
    public static MetricsStream start(
            Supplier<StorageStats> source, Duration interval, Consumer<StorageStats> consumer) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval must be > 0, but was " + interval);
        }
        MetricsStream stream = new MetricsStream(source, interval, consumer);
        stream.thread.start();
        return stream;
    }

    /**
     * A consumer that prints a line for each snapshot, with the rates since the one before. For one stream at a time.
     *
     * @param out where to
     * @param begin what the first line's rates are counted from
     * @return a consumer for {@link #start}
     */
    public static Consumer<StorageStats> printingTo(PrintStream out, StorageStats begin) {
        AtomicReference<StorageStats> last = new AtomicReference<>(begin);
        return stats -> out.println(line(last.getAndSet(stats), stats));
    }

    /** A snapshot as one line, with what happened per second since an earlier one. */
    static String line(StorageStats before, StorageStats now) {
        double seconds = Duration.between(before.at(), now.at()).toNanos() / 1e9;
        return String.format(
                Locale.ROOT,
                "%tT queued %d/%d, storing %d, embedding backlog %d, accepted %d (%s), stored %d (%s), embedded %d (%s),"
                        + " failed %d, rejected %d, cache %.0f %%, pool %.0f %%, batches of %d within %.1f ms%s",
                now.at().atZone(ZoneId.systemDefault()),
                now.queued(),
                now.queueCapacity(),
                now.storing(),
                now.embeddingBacklog(),
                now.accepted(),
                rate(before.accepted(), now.accepted(), seconds),
                now.stored(),
                rate(before.stored(), now.stored(), seconds),
                now.completed(),
                rate(before.completed(), now.completed(), seconds),
                now.failed(),
                now.rejected(),
                100 * now.cacheHitRate(),
                100 * now.poolUse(),
                now.batchSize(),
                now.batchDelay().toNanos() / 1e6,
                now.breakerOpen() ? ", breaker open" : "");
    }

    private static String rate(long before, long now, double seconds) {
        long since = now < before ? now : now - before; // counted from zero again after a reset
        return seconds > 0 ? String.format(Locale.ROOT, "%.0f/s", since / seconds) : "-/s";
    }

    /** Stops the stream and waits, for at most a second, until its last snapshot is dealt with. */
    @Override
    public void close() {
        closed.countDown();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        long due = System.nanoTime() + intervalNanos;
        try {
            while (!closed.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                hand();
                // Snapshots that a slow consumer made impossible are left out, not made up for.
                due = Math.max(due + intervalNanos, System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hand() {
        try {
            consumer.accept(source.get());
        } catch (RuntimeException e) {
            LOG.warn("A snapshot could not be handed out", e);
        }
    }
}
