package io.stampede.internal.engine;

import io.stampede.metric.Metric;
import io.stampede.result.GaugeSeries;
import io.stampede.result.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Reads gauges while a run goes on, in one thread of its own, and keeps a bounded number of points. */
final class GaugeSampler implements AutoCloseable {

    private static final int MAX_POINTS = 600;

    private final List<Track> tracks = new ArrayList<>();
    private final long originNanos;
    private final Duration every;
    private final Thread thread;
    private volatile boolean closed;

    GaugeSampler(List<GaugeSource> gauges, long originNanos, Duration every) {
        gauges.forEach(gauge -> tracks.add(new Track(gauge)));
        this.originNanos = originNanos;
        this.every = every;
        this.thread = new Thread(null, this::loop, "stampede-gauges", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    }

    void start() {
        if (!tracks.isEmpty()) {
            thread.start();
        }
    }

    private void loop() {
        while (!closed) {
            sample();
            try {
                Thread.sleep(every.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Reads all gauges now. */
    void sample() {
        for (Track track : tracks) {
            track.read(System.nanoTime() - originNanos);
        }
    }

    /** The last value of each gauge; NaN where there is none. */
    Map<String, Double> last() {
        Map<String, Double> last = new java.util.LinkedHashMap<>();
        tracks.forEach(track -> last.put(track.gauge.name(), track.last()));
        return last;
    }

    /** The last value of each gauge, with its unit. */
    Map<String, Snapshot.Reading> readings() {
        Map<String, Snapshot.Reading> readings = new java.util.LinkedHashMap<>();
        tracks.forEach(
                track -> readings.put(track.gauge.name(), new Snapshot.Reading(track.gauge.unit(), track.last())));
        return readings;
    }

    /** The highest values since the last call. */
    Map<String, Double> takePeaks() {
        Map<String, Double> peaks = new HashMap<>();
        for (Track track : tracks) {
            double peak = track.takePeak();
            if (!Double.isNaN(peak)) {
                peaks.put(track.gauge.name(), peak);
            }
        }
        return peaks;
    }

    /** The lowest and the highest value of each gauge since the last call, by its name as metrics have it. */
    Map<String, Range> takeRanges() {
        Map<String, Range> ranges = new HashMap<>();
        tracks.forEach(track -> ranges.put(track.measure, track.takeRange()));
        return ranges;
    }

    /** Values that were read; NaN where none were. */
    record Range(double low, double high) {
        static final Range NOTHING = new Range(Double.NaN, Double.NaN);

        Range with(double value) {
            return plus(new Range(value, value));
        }

        Range plus(Range later) {
            return new Range(least(low, later.low), -least(-high, -later.high));
        }

        private static double least(double a, double b) {
            return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
        }
    }

    /** What the gauges show now is what they show after recovery. */
    void markRecovered() {
        tracks.forEach(Track::markRecovered);
    }

    List<GaugeSeries> series() {
        return tracks.stream().map(Track::series).toList();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Track {
        private final GaugeSource gauge;
        private final ReentrantLock reading = new ReentrantLock();
        private final String measure;
        private List<GaugeSeries.Point> points = new ArrayList<>();
        private int stride = 1;
        private GaugeSeries.@Nullable Point pending;
        private int pendingCount;
        private long samples;
        private long errors;
        private double min = Double.NaN;
        private double max = Double.NaN;
        private double sum;
        private double last = Double.NaN;
        private double peak = Double.NaN;
        private Range range = Range.NOTHING;
        private double afterRecovery = Double.NaN;
        private @Nullable String lastError;

        Track(GaugeSource gauge) {
            this.gauge = gauge;
            this.measure = Metric.GaugeValue.name(gauge.name());
        }

        // Read outside the monitor: a gauge that hangs must not hang those who ask what was read so far.
        void read(long atNanos) {
            try {
                if (!reading.tryLock() && !reading.tryLock(1, TimeUnit.SECONDS)) {
                    return; // another thread has been reading it for long
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            try {
                take(gauge.value().getAsDouble(), atNanos);
            } catch (Throwable e) {
                failed(e);
            } finally {
                reading.unlock();
            }
        }

        private synchronized void failed(Throwable failure) {
            errors++;
            lastError = failure.toString();
        }

        private synchronized void take(double value, long atNanos) {
            if (Double.isNaN(value)) {
                return; // says "nothing yet", such as a heap before its first collection
            }
            samples++;
            sum += value;
            last = value;
            min = Double.isNaN(min) ? value : Math.min(min, value);
            max = Double.isNaN(max) ? value : Math.max(max, value);
            peak = Double.isNaN(peak) ? value : Math.max(peak, value);
            range = range.with(value);
            add(new GaugeSeries.Point(Duration.ofNanos(Math.max(0, atNanos)), value));
        }

        private void add(GaugeSeries.Point point) {
            pending = higher(pending, point);
            if (++pendingCount < stride) {
                return;
            }
            points.add(pending);
            pending = null;
            pendingCount = 0;
            if (points.size() > MAX_POINTS) {
                List<GaugeSeries.Point> fewer = new ArrayList<>();
                for (int i = 0; i < points.size(); i += 2) {
                    fewer.add(i + 1 < points.size() ? higher(points.get(i), points.get(i + 1)) : points.get(i));
                }
                points = fewer;
                stride *= 2;
            }
        }

        private static GaugeSeries.Point higher(GaugeSeries.@Nullable Point a, GaugeSeries.Point b) {
            return a != null && a.value() > b.value() ? a : b;
        }

        synchronized double last() {
            return last;
        }

        synchronized double takePeak() {
            double taken = peak;
            peak = Double.NaN;
            return taken;
        }

        synchronized Range takeRange() {
            Range taken = range;
            range = Range.NOTHING;
            return taken;
        }

        synchronized void markRecovered() {
            afterRecovery = last;
        }

        synchronized GaugeSeries series() {
            List<GaugeSeries.Point> all = new ArrayList<>(points);
            if (pending != null) {
                all.add(pending);
            }
            return new GaugeSeries(
                    gauge.name(),
                    gauge.unit(),
                    gauge.backlog(),
                    all,
                    new GaugeSeries.Values(min, max, samples == 0 ? Double.NaN : sum / samples, last, afterRecovery),
                    samples,
                    errors,
                    lastError);
        }
    }
}
