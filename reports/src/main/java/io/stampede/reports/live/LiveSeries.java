package io.stampede.reports.live;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The points of one run, a bounded number: where there are more, every two become one. Used with a lock held. */
final class LiveSeries {

    static final int MAX_POINTS = 600;

    private List<LivePoint> points = new ArrayList<>();
    private @Nullable LivePoint pending;
    private int pendingCount;
    private int stride = 1;

    void add(LivePoint point) {
        LivePoint before = pending;
        if (before != null && before.warming() != point.warming()) {
            points.add(before);
            before = null;
            pendingCount = 0;
        }
        LivePoint sum = before == null ? point : before.plus(point);
        if (++pendingCount < stride) {
            pending = sum;
            return;
        }
        pending = null;
        pendingCount = 0;
        points.add(sum);
        if (points.size() >= MAX_POINTS) {
            halve();
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

    /** What there is of a newer version, in order. */
    List<LivePoint> since(long version) {
        int first = points.size();
        while (first > 0 && points.get(first - 1).version() > version) {
            first--;
        }
        return List.copyOf(points.subList(first, points.size()));
    }

    void clear() {
        points = new ArrayList<>();
        pending = null;
    }
}
