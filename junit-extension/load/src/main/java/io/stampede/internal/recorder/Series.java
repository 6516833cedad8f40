package io.stampede.internal.recorder;

import io.stampede.result.Distribution;
import io.stampede.result.Interval;
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
    private TreeMap<Long, Cell> cells = new TreeMap<>();
    private long widthNanos = FIRST_WIDTH_NANOS;

    void add(Slice slice) {
        open.computeIfAbsent(slice.startNanos / FIRST_WIDTH_NANOS, second -> new Slice())
                .add(slice);
        while (open.size() > MAX_OPEN) {
            close(open.pollFirstEntry());
        }
    }

    private void close(Map.Entry<Long, Slice> second) {
        cells.merge(second.getKey() * FIRST_WIDTH_NANOS / widthNanos, new Cell(second.getValue()), Cell::plus);
        while (cells.size() > MAX_INTERVALS) {
            TreeMap<Long, Cell> wider = new TreeMap<>();
            cells.forEach((index, cell) -> wider.merge(index / 2, cell, Cell::plus));
            cells = wider;
            widthNanos *= 2;
        }
    }

    /** In order. */
    List<Interval> intervals() {
        while (!open.isEmpty()) {
            close(open.pollFirstEntry());
        }
        List<Interval> intervals = new ArrayList<>(cells.size());
        for (Map.Entry<Long, Cell> entry : cells.entrySet()) {
            Cell cell = entry.getValue();
            intervals.add(new Interval(
                    Duration.ofNanos(entry.getKey() * widthNanos),
                    Duration.ofNanos(widthNanos),
                    cell.succeeded,
                    cell.failed,
                    cell.response,
                    cell.service));
        }
        return intervals;
    }

    private record Cell(long succeeded, long failed, Distribution response, Distribution service) {

        Cell(Slice slice) {
            this(slice.succeeded, slice.failed, slice.responses(), slice.services());
        }

        Cell plus(Cell other) {
            return new Cell(
                    succeeded + other.succeeded,
                    failed + other.failed,
                    response.plus(other.response),
                    service.plus(other.service));
        }
    }
}
