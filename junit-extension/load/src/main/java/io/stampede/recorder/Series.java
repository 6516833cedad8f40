package io.stampede.recorder;

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

    private TreeMap<Long, Cell> cells = new TreeMap<>();
    private long widthNanos = FIRST_WIDTH_NANOS;

    void add(long startNanos, long succeeded, long failed, Distribution response, Distribution service) {
        cells.merge(startNanos / widthNanos, new Cell(succeeded, failed, response, service), Cell::plus);
        while (cells.size() > MAX_INTERVALS) {
            TreeMap<Long, Cell> wider = new TreeMap<>();
            cells.forEach((index, cell) -> wider.merge(index / 2, cell, Cell::plus));
            cells = wider;
            widthNanos *= 2;
        }
    }

    List<Interval> intervals() {
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
        Cell plus(Cell other) {
            return new Cell(
                    succeeded + other.succeeded,
                    failed + other.failed,
                    response.plus(other.response),
                    service.plus(other.service));
        }
    }
}
