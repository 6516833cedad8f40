package io.stampede.report.summary;

import io.stampede.internal.format.Times;
import io.stampede.report.text.Text;
import io.stampede.result.GaugeSeries;
import io.stampede.result.Interval;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.result.Recovery;
import java.util.List;

/** The time axis that the charts of a run share: in seconds, with its phases shaded in turn. */
final class TimeAxis {

    private static final int MAX_SHADED = 60;
    private static final int MAX_NAMED = 8;

    private final LoadResult result;

    TimeAxis(LoadResult result) {
        this.result = result;
    }

    /** A chart over time, with what a reader needs to find a phase on it. */
    Plot plot(String yTitle, int height) {
        double end = Math.max(0.001, end());
        Plot plot = new Plot("seconds since the start", yTitle, height).xRange(0, end);
        List<PhaseResult> phases = result.phases();
        boolean whole = phases.size() == 1 && end(phases.get(0)) > 0.97 * end;
        if (whole || phases.size() > MAX_SHADED) {
            return plot;
        }
        double shadedUntil = Double.NEGATIVE_INFINITY;
        for (PhaseResult phase : phases) {
            double from = Times.seconds(phase.start());
            double to = Math.min(end, Math.max(end(phase), from + end / 400));
            if (from > shadedUntil + end / 200) { // of two that touch, the second stays light
                plot.shade(from, to);
                shadedUntil = to;
            }
            int room = (int) ((to - from) / end * Plot.WIDTH / 11);
            if (phases.size() > 1 && phases.size() <= MAX_NAMED && room >= 4) {
                plot.name(from, Text.line(phase.name(), room));
            }
        }
        return plot;
    }

    /** Where the axis ends, in seconds since the start: when the last thing happened that a chart shows. */
    double end() {
        double end = Times.seconds(result.elapsed());
        for (Interval interval : result.series()) {
            end = Math.max(
                    end,
                    Math.min(
                            Times.seconds(interval.start().plus(interval.width())),
                            Math.max(loadEnd(), Times.seconds(interval.start()))));
        }
        for (GaugeSeries gauge : result.gauges()) {
            for (GaugeSeries.Point point : gauge.points()) {
                end = Math.max(end, Times.seconds(point.at()));
            }
        }
        Recovery recovery = result.recovery();
        return recovery == null ? end : Math.max(end, loadEnd() + Times.seconds(recovery.took()));
    }

    /** When the last operation ended, in seconds since the start. */
    double loadEnd() {
        return result.phases().stream().mapToDouble(TimeAxis::end).max().orElse(Times.seconds(result.elapsed()));
    }

    private static double end(PhaseResult phase) {
        return Times.seconds(phase.start().plus(phase.elapsed()));
    }

    /** Marks when the load ended, and when what is judged was back under its target; says so, too. */
    String recovery(Plot plot) {
        Recovery recovery = result.recovery();
        if (recovery == null) {
            return "";
        }
        double end = loadEnd();
        plot.upright(end, Plot.Colour.INK);
        plot.upright(
                end + Times.seconds(recovery.took()), recovery.recovered() ? Plot.Colour.TARGET : Plot.Colour.CRITICAL);
        return " Vertical lines: the load ended at " + Times.number(end) + " s, and the target "
                + (recovery.recovered() ? "had recovered " : "had not recovered ") + Times.format(recovery.took())
                + " later.";
    }
}
