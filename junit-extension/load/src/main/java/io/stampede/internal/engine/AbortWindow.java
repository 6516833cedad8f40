package io.stampede.internal.engine;

import io.stampede.metric.Metric;
import io.stampede.result.Outcomes;
import io.stampede.scenario.AbortRule;
import java.time.Duration;
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
     * @param ended operations that ended
     * @param range values that were read of the rule's gauge
     */
    record Look(Outcomes ended, GaugeSampler.Range range) {

        static final Look NOTHING = new Look(Outcomes.NONE, GaugeSampler.Range.NOTHING);

        Look plus(Look later) {
            return new Look(ended.plus(later.ended), range.plus(later.range));
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
        return rule.limit().bound().holds(value) ? value : Double.NaN;
    }

    int size() {
        return cells.size();
    }

    private double value(Look whole) {
        if (rule.limit().metric() instanceof Metric.OfOperations metric) {
            long nanos = lastNanos - cells.getFirst().startNanos;
            return metric instanceof Metric.Throughput
                    ? whole.ended.ended() / (nanos / 1e9) // none at all is a throughput too: of 0
                    : whole.ended.value(metric, Duration.ofNanos(nanos));
        }
        return rule.limit().bound().upper() ? whole.range.high() : whole.range.low(); // the best of its values
    }

    private record Cell(long startNanos, long endNanos, Look look) {}
}
