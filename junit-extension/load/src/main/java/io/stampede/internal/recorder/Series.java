package io.stampede.internal.recorder;

import io.stampede.result.Interval;
import io.stampede.result.Outcomes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Intervals of bounded number: when there are too many, each two become one of twice the width. */
final class Series {

    static final int MAX_INTERVALS = 600;
    static final long FIRST_WIDTH_NANOS = 1_000_000_000L;

    /** Seconds to which samples may still come, kept as histograms: folding one of those is cheap. */
    private static final int MAX_OPEN = 3;

    private final TreeMap<Long, Slice> open = new TreeMap<>();
    private TreeMap<Long, Outcomes> cells = new TreeMap<>();
    private long widthNanos = FIRST_WIDTH_NANOS;

    void add(Slice slice) {
        open.computeIfAbsent(slice.startNanos / FIRST_WIDTH_NANOS, second -> new Slice())
                .add(slice);
        while (open.size() > MAX_OPEN) {
            close(open.pollFirstEntry());
        }
    }

    private void close(Map.Entry<Long, Slice> second) {
        cells.merge(
                second.getKey() * FIRST_WIDTH_NANOS / widthNanos,
                second.getValue().outcomes(),
                Outcomes::plus);
        while (cells.size() > MAX_INTERVALS) {
            TreeMap<Long, Outcomes> wider = new TreeMap<>();
            cells.forEach((index, cell) -> wider.merge(index / 2, cell, Outcomes::plus));
            cells = wider;
            widthNanos *= 2;
        }
    }

    /**
     * In order. The last one is only as wide as the load filled it, or its rate would be too low; but no narrower than a
     * tenth, in which a few late operations would look like a high rate.
     *
     * @param endNanos when the load ended
     */
    List<Interval> intervals(long endNanos) {
        while (!open.isEmpty()) {
            close(open.pollFirstEntry());
        }
        List<Interval> intervals = new ArrayList<>(cells.size());
        for (Map.Entry<Long, Outcomes> entry : cells.entrySet()) {
            long startNanos = entry.getKey() * widthNanos;
            long filledNanos = Math.max(widthNanos / 10, Math.min(widthNanos, endNanos - startNanos));
            intervals.add(new Interval(Duration.ofNanos(startNanos), Duration.ofNanos(filledNanos), entry.getValue()));
        }
        return intervals;
    }
}
