package io.stampede.internal.engine;

import io.stampede.internal.format.Times;
import io.stampede.result.GaugeSeries;
import io.stampede.result.Snapshot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads gauges while a run goes on, in threads of its own, and keeps a bounded number of points. A gauge that does not
 * answer holds up no other gauge, and nobody who asks for values: its thread is left to it, and the others are read in
 * another one.
 */
final class GaugeSampler implements AutoCloseable {

    private static final int MAX_POINTS = 600;
    /** How long a gauge may take. It is given up after once to twice this time, so that a busy machine is no fault. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final List<Track> tracks = new ArrayList<>();
    private final long originNanos;
    private final Duration every;
    private final Duration patience;
    private final Thread thread;
    private final ReentrantLock rounds = new ReentrantLock();
    private final ThreadPoolExecutor readers;
    private volatile boolean closed;

    GaugeSampler(List<GaugeSource> gauges, long originNanos, Duration every) {
        this(gauges, originNanos, every, PATIENCE);
    }

    GaugeSampler(List<GaugeSource> gauges, long originNanos, Duration every, Duration patience) {
        gauges.forEach(gauge -> tracks.add(new Track(gauge)));
        this.originNanos = originNanos;
        this.every = every;
        this.patience = patience;
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        this.thread = daemon(this::loop, "stampede-gauges", loader);
        this.readers = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE, // one, and one more for each gauge that does not answer
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> daemon(task, "stampede-gauge-reader", loader));
    }

    private static Thread daemon(Runnable task, String name, @Nullable ClassLoader loader) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
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

    /** Reads all gauges now, but for those that have not answered since an earlier round. */
    void sample() {
        rounds.lock();
        try {
            int next = 0;
            while (next < tracks.size()) {
                Round round = new Round(next);
                next = await(round, readers.submit(round));
            }
        } catch (RejectedExecutionException e) {
            // Closed: nobody asks for values any more.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            rounds.unlock();
        }
    }

    /** Says where the next round begins: at the end, or behind the gauge that does not answer. */
    private int await(Round round, Future<?> task) throws InterruptedException {
        int before = -1;
        while (true) {
            try {
                task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
                return tracks.size();
            } catch (TimeoutException e) {
                int now = round.at;
                if (now == before) {
                    round.over = true;
                    tracks.get(now).missed();
                    return now + 1;
                }
                before = now;
            } catch (ExecutionException e) {
                throw new IllegalStateException("Gauges could not be read", e);
            }
        }
    }

    private final class Round implements Runnable {
        private volatile int at;
        private volatile boolean over;

        Round(int from) {
            this.at = from;
        }

        @Override
        public void run() {
            for (int i = at; i < tracks.size() && !over; i++) {
                at = i;
                tracks.get(i).read();
            }
        }
    }

    /** The last value of each gauge; NaN where there is none. */
    Map<String, Double> last() {
        Map<String, Double> last = new LinkedHashMap<>();
        tracks.forEach(track -> last.put(track.gauge.name(), track.last()));
        return last;
    }

    /** What each gauge shows now; NaN where it could not be read the last time, or has shown nothing yet. */
    Map<String, Double> current() {
        Map<String, Double> current = new LinkedHashMap<>();
        tracks.forEach(track -> current.put(track.gauge.name(), track.current()));
        return current;
    }

    /** The last value of each gauge, with its unit. */
    Map<String, Snapshot.Reading> readings() {
        Map<String, Snapshot.Reading> readings = new LinkedHashMap<>();
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
        readers.shutdownNow();
        thread.interrupt();
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Track {
        private final GaugeSource gauge;
        private final String measure;
        private final GaugeSketch sketch = new GaugeSketch();
        private List<GaugeSeries.Point> points = new ArrayList<>();
        private int stride = 1;
        private GaugeSeries.@Nullable Point pending;
        private int pendingCount;
        private boolean reading;
        private boolean overdue;
        private long samples;
        private long infinite;
        private long errors;
        private long errorsAtEnd;
        private double min = Double.NaN;
        private double max = Double.NaN;
        private BigDecimal sum = BigDecimal.ZERO;
        private double last = Double.NaN;
        private double peak = Double.NaN;
        private Range range = Range.NOTHING;
        private double afterRecovery = Double.NaN;
        private @Nullable String lastError;

        Track(GaugeSource gauge) {
            this.gauge = gauge;
            this.measure = gauge.key();
        }

        // Read outside the monitor: a gauge that hangs must not hang those who ask what was read so far.
        void read() {
            if (!begin()) {
                return; // another thread has been reading it for long
            }
            try {
                long atNanos = System.nanoTime() - originNanos;
                take(gauge.value().getAsDouble(), atNanos);
            } catch (Throwable e) {
                failed(e);
            } finally {
                end();
            }
        }

        private synchronized boolean begin() {
            if (reading) {
                return false;
            }
            reading = true;
            return true;
        }

        private synchronized void end() {
            reading = false;
            overdue = false;
        }

        synchronized void missed() {
            overdue = reading;
        }

        private synchronized void failed(Throwable failure) {
            errors++;
            errorsAtEnd++;
            lastError = failure.toString();
        }

        private synchronized void take(double value, long atNanos) {
            errorsAtEnd = 0;
            if (Double.isNaN(value)) {
                return; // says "nothing yet", such as a heap before its first collection
            }
            samples++;
            last = value;
            min = Double.isNaN(min) ? value : Math.min(min, value);
            max = Double.isNaN(max) ? value : Math.max(max, value);
            peak = Double.isNaN(peak) ? value : Math.max(peak, value);
            range = range.with(value);
            if (Double.isInfinite(value)) {
                infinite++;
                return;
            }
            sum = sum.add(new BigDecimal(value)); // exact, and at most some 2,000 digits long
            sketch.add(value);
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

        synchronized double current() {
            return errorsAtEnd > 0 || overdue ? Double.NaN : last;
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
            afterRecovery = current();
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
                    new GaugeSeries.Values(min, max, mean(), last, afterRecovery, sketch.bins()),
                    reads());
        }

        private double mean() {
            long finite = samples - infinite;
            return finite == 0
                    ? Double.NaN
                    : sum.divide(BigDecimal.valueOf(finite), MathContext.DECIMAL128)
                            .doubleValue();
        }

        // One read that fails at the very end may be chance; two in a row, or one that does not return, are not.
        private GaugeSeries.Reads reads() {
            return overdue
                    ? new GaugeSeries.Reads(
                            samples, infinite, errors + 1, "no answer within " + Times.format(patience), true)
                    : new GaugeSeries.Reads(samples, infinite, errors, lastError, errorsAtEnd > 1);
        }
    }
}
