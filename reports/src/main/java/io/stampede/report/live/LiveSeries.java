package io.stampede.report.live;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The points of one run, a bounded number: if there are more, every two become one, and from then on each stands for
 * twice as many snapshots. Used with a lock held.
 */
final class LiveSeries {

    static final int MAX_POINTS = 600;

    private List<LivePoint> points = new ArrayList<>();
    private @Nullable LivePoint growing;
    private int snapshots; // in the one that grows
    private int stride = 1;
    private long halvedAt;

    /**
     * What is newer than a version.
     *
     * @param whole whether these are all points, so that earlier ones are to be forgotten
     * @param points that will not change until every two become one
     * @param growing the one after them, so far; null if there is none
     */
    record Part(
            boolean whole, List<LivePoint> points, @Nullable LivePoint growing) {}

    void add(LivePoint point) {
        if (growing != null && growing.warming() != point.warming()) {
            close(point.version());
        }
        growing = growing == null ? point : growing.plus(point);
        snapshots++;
        if (snapshots >= stride) {
            close(point.version());
        }
    }

    /** What grows is a point now: of this version, since a page may have heard of all before. */
    void close(long version) {
        if (growing == null) {
            return;
        }
        points.add(growing.at(version));
        growing = null;
        snapshots = 0;
        if (points.size() >= MAX_POINTS) {
            halve();
            halvedAt = version;
        }
    }

    private void halve() {
        List<LivePoint> fewer = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            LivePoint point = points.get(i);
            LivePoint next = i + 1 < points.size() ? points.get(i + 1) : null;
            if (next != null && next.warming() == point.warming()) {
                fewer.add(point.plus(next));
                i++;
            } else {
                fewer.add(point);
            }
        }
        points = fewer;
        stride *= 2;
    }

    /** What there is of a newer version, in order; all of it where every two became one since. */
    Part since(long version) {
        boolean whole = version < halvedAt;
        int first = points.size();
        while (first > 0 && (whole || points.get(first - 1).version() > version)) {
            first--;
        }
        return new Part(whole, List.copyOf(points.subList(first, points.size())), growing);
    }

    void clear() {
        points = new ArrayList<>();
        growing = null;
        snapshots = 0;
        halvedAt = 0; // a page keeps what it has
    }
}
