package io.stampede.internal.engine;

import io.stampede.metric.Bound;
import io.stampede.metric.Metric;
import io.stampede.result.Distribution;
import io.stampede.scenario.AbortRule;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What happened in the last stretch of a run, as far back as one rule looks, in cells of a fiftieth of it: so its size
 * does not depend on the number of operations, and it reaches at most a fiftieth too far. Holds no clock; used by one
 * thread.
 */
final class AbortWindow {

    private static final int CELLS = 50;

    private final AbortRule rule;
    private final long windowNanos;
    private final Deque<Cell> cells = new ArrayDeque<>();
    private long lastNanos;

    AbortWindow(AbortRule rule) {
        this.rule = rule;
        this.windowNanos = rule.window().toNanos();
    }

    /**
     * What happened between two looks at a run.
     *
     * @param response of operations that succeeded
     * @param service of operations that succeeded
     * @param low the lowest value that was read of the rule's gauge; NaN where none was
     * @param high the highest
     */
    record Look(long succeeded, long failed, Distribution response, Distribution service, double low, double high) {

        static final Look NOTHING = new Look(0, 0, Distribution.EMPTY, Distribution.EMPTY, Double.NaN, Double.NaN);

        Look plus(Look later) {
            return new Look(
                    succeeded + later.succeeded,
                    failed + later.failed,
                    response.plus(later.response),
                    service.plus(later.service),
                    least(low, later.low),
                    -least(-high, -later.high));
        }

        private static double least(double a, double b) {
            return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
        }
    }

    /** @param nowNanos since the load began; never less than the last time */
    void add(long nowNanos, Look look) {
        Cell last = cells.peekLast();
        if (last != null && nowNanos - last.startNanos <= windowNanos / CELLS) {
            cells.removeLast();
            cells.addLast(new Cell(last.startNanos, nowNanos, last.look.plus(look)));
        } else {
            cells.addLast(new Cell(lastNanos, nowNanos, look));
        }
        lastNanos = nowNanos;
        while (nowNanos - cells.getFirst().endNanos >= windowNanos) {
            cells.removeFirst();
        }
    }

    /** The value of the whole window that is beyond the bound; NaN where it is not, or the load is younger than that. */
    double beyond() {
        if (lastNanos < windowNanos || cells.isEmpty()) {
            return Double.NaN;
        }
        double value = value(cells.stream().map(Cell::look).reduce(Look.NOTHING, Look::plus));
        return rule.bound().holds(value) ? value : Double.NaN;
    }

    int size() {
        return cells.size();
    }

    private double value(Look whole) {
        Metric metric = rule.metric();
        Bound bound = rule.bound();
        long ended = whole.succeeded + whole.failed;
        return switch (metric.measure()) {
            case "success rate" -> ended == 0 ? Double.NaN : 100.0 * whole.succeeded / ended;
            case "throughput" -> ended / ((lastNanos - cells.getFirst().startNanos) / 1e9);
            case "response time" -> whole.response.statisticNanos(metric.statistic());
            case "service time" -> whole.service.statisticNanos(metric.statistic());
            default -> bound.upper() ? whole.high : whole.low; // the best of its values
        };
    }

    private record Cell(long startNanos, long endNanos, Look look) {}
}
