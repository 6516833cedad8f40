package io.stampede.report.summary;

import io.stampede.internal.format.Times;
import io.stampede.internal.verdict.Drift;
import io.stampede.metric.Clock;
import io.stampede.metric.Metric;
import io.stampede.metric.Statistic;
import io.stampede.report.text.Html;
import io.stampede.result.Distribution;
import io.stampede.result.Interval;
import io.stampede.result.LoadResult;
import io.stampede.result.Outcomes;
import io.stampede.result.PhaseResult;
import io.stampede.targets.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The charts of a result, each at most a few hundred points. */
final class Charts {

    private static final int MAX_POINTS = 150;
    private static final double LOGARITHMIC = 30; // times the typical value, from which on most would lie flat

    /**
     * A chart and what it says.
     *
     * @param note how to read it
     */
    record Chart(String title, String note, Html.Markup svg) {

        Chart(String title, String note, Plot plot) {
            this(title, note, plot.svg(title));
        }
    }

    private final LoadResult result;
    private final TimeAxis axis;

    private Charts(LoadResult result) {
        this.result = result;
        this.axis = new TimeAxis(result);
    }

    /** Those for which there is data, in the order of the page. */
    static List<Chart> of(LoadResult result) {
        Charts charts = new Charts(result);
        List<Chart> all = new ArrayList<>();
        all.addAll(result.scenario().kind().search().isPresent() ? StressCharts.of(result) : charts.phases());
        charts.percentiles(all);
        charts.times(
                all, "Response time over time", interval -> interval.outcomes().responseTime(), true);
        charts.times(
                all, "Service time over time", interval -> interval.outcomes().serviceTime(), false);
        charts.rates(all);
        charts.failures(all);
        all.addAll(GaugeCharts.of(result));
        return all;
    }

    /** The phases of a ramp and the like: each has figures of its own. */
    private List<Chart> phases() {
        List<PhaseResult> phases = result.phases();
        if (phases.size() < 2) {
            return List.of();
        }
        TimeUnits unit =
                TimeUnits.highest(phases.stream().map(phase -> phase.outcomes().responseTime()));
        Plot plot = axis.plot(unit.label, 280);
        int stride = stride(phases.size());
        for (int i = 0; i < phases.size(); i += stride) {
            PhaseResult phase = phases.get(i);
            times(plot, Times.seconds(phase.start()), phase.outcomes().responseTime(), unit);
        }
        return plot.isEmpty()
                ? List.of()
                : List.of(new Chart("Response time by tick", "Each point is one tick or phase" + every(stride), plot));
    }

    /** Of so many points, one in how many is drawn. */
    static int stride(int points) {
        return Math.max(1, (points + MAX_POINTS - 1) / MAX_POINTS);
    }

    /** The end of a sentence on points, of which a chart has room for some. */
    static String every(int stride) {
        return stride == 1 ? "." : "; of them, one in " + stride + " is drawn.";
    }

    static void times(Plot plot, double x, Distribution times, TimeUnits unit) {
        plot.point("mean", x, times.meanNanos() / unit.nanos);
        plot.point("p95", x, times.percentileNanos(95) / unit.nanos);
        plot.point("p99", x, times.percentileNanos(99) / unit.nanos);
    }

    private void percentiles(List<Chart> charts) {
        Distribution response = result.responseTime();
        if (response.isEmpty()) {
            return;
        }
        TimeUnits unit = TimeUnits.of(response.percentileNanos(100));
        double end = Math.max(1, Math.log10(response.count() * 2.0));
        boolean log = response.percentileNanos(100) > LOGARITHMIC * response.percentileNanos(50);
        Plot plot = new Plot("percentile of operations", unit.axis(log), 300);
        if (log) {
            plot.logarithmic();
        }
        curve(plot, "response time", response, unit, end);
        curve(plot, "service time", result.serviceTime(), unit, end);
        for (Target target : latencyTargets()) {
            double percentile = percentile(target);
            double x = -Math.log10(1 - percentile / 100);
            double highest = response.percentileNanos(100) * 3;
            if (x <= end && target.target().value() <= highest) {
                plot.diamond(x, target.target().value() / unit.nanos, Plot.Colour.TARGET);
            }
            if (x <= end && target.acceptable().value() <= highest) {
                plot.diamond(x, target.acceptable().value() / unit.nanos, Plot.Colour.ACCEPTABLE);
            }
        }
        plot.xTicks(percentileTicks(end));
        charts.add(new Chart(
                "Percentiles",
                latencyTargets().isEmpty()
                        ? "How long the slowest operations took: each step to the right leaves a tenth of them."
                        : "How long the slowest operations took: each step to the right leaves a tenth of them. Diamonds:"
                                + " target (green) and acceptable (brown); the curve should run below them.",
                plot));
    }

    private static void curve(Plot plot, String name, Distribution times, TimeUnits unit, double end) {
        long seen = 0;
        double lastX = -1;
        for (int i = 0; i < times.size(); i++) {
            seen += times.countAt(i);
            double left = Math.max(1 - (double) seen / times.count(), 0.5 / times.count());
            double x = Math.min(end, -Math.log10(left));
            if (x - lastX >= end / MAX_POINTS || i == times.size() - 1) {
                plot.point(name, x, times.valueNanos(i) / unit.nanos);
                lastX = x;
            }
        }
    }

    private static Ticks percentileTicks(double end) {
        double[] percentiles = {0, 50, 90, 99, 99.9, 99.99, 99.999, 99.9999};
        List<Double> at = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (double percentile : percentiles) {
            double x = -Math.log10(1 - percentile / 100);
            if (x <= end + 1e-9) {
                at.add(Math.max(0, x));
                labels.add(percentile == 0 ? "min" : "p" + trim(percentile));
            }
        }
        return new Ticks(at, labels);
    }

    private static String trim(double percentile) {
        return percentile == Math.rint(percentile) ? Long.toString((long) percentile) : Double.toString(percentile);
    }

    private void times(List<Chart> charts, String title, Function<Interval, Distribution> times, boolean judged) {
        List<Interval> series = thinned();
        if (series.size() < 2) {
            return;
        }
        double max = highest(series, times, 100);
        double typical = times.apply(whole()).percentileNanos(50);
        boolean log = max > LOGARITHMIC * typical;
        TimeUnits unit = TimeUnits.of(max);
        Plot plot = axis.plot(unit.axis(log), 280);
        if (log) {
            plot.logarithmic();
        }
        for (Interval interval : series) {
            double x = middle(interval);
            Distribution here = times.apply(interval);
            // From above to below, as the lines lie, so that a higher one never hides a lower one.
            plot.point("max", x, here.percentileNanos(100) / unit.nanos);
            plot.point("p99", x, here.percentileNanos(99) / unit.nanos);
            plot.point("p95", x, here.percentileNanos(95) / unit.nanos);
            plot.point("p50", x, here.percentileNanos(50) / unit.nanos);
        }
        if (plot.isEmpty()) {
            return;
        }
        String note = judged
                ? "By when operations ended."
                : "From start to end: without the time that operations waited" + " to start.";
        if (judged) {
            note += targets(plot, max, unit) + drift(plot, unit);
        }
        charts.add(new Chart(title, note, plot));
    }

    private static double highest(List<Interval> series, Function<Interval, Distribution> times, double percentile) {
        return series.stream()
                .mapToDouble(interval -> times.apply(interval).percentileNanos(percentile))
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    private Interval whole() {
        return new Interval(Duration.ZERO, result.elapsed(), result.outcomes());
    }

    private String targets(Plot plot, double max, TimeUnits unit) {
        List<String> lines = new ArrayList<>();
        for (Target target : latencyTargets()) {
            // A bound far above everything would flatten the lines to nothing.
            if (target.target().value() <= max * 3) {
                plot.across(target.target().value() / unit.nanos, Plot.Colour.TARGET);
                lines.add(target.metric().label() + " " + target.target().label());
            }
        }
        return lines.isEmpty() ? "" : " Short dashes: " + String.join(", ", lines) + ".";
    }

    /** The levels that are compared where a run is looked through for drift. */
    private String drift(Plot plot, TimeUnits unit) {
        Optional<Drift.Levels> found = result.scenario().kind().endurance().flatMap(endurance -> Drift.levels(result));
        if (found.isEmpty()) {
            return "";
        }
        Drift.Levels levels = found.orElseThrow();
        double first = levels.first().percentileNanos(95);
        double last = levels.last().percentileNanos(95);
        if (Double.isNaN(first) || Double.isNaN(last)) {
            return "";
        }
        double begin = Times.seconds(levels.begin());
        double quarter = Times.seconds(levels.quarter());
        plot.straight(begin, first / unit.nanos, begin + quarter, first / unit.nanos, Plot.Colour.INK);
        double end = Math.min(axis.end(), begin + 4 * quarter); // the last second may not have been a whole one
        plot.straight(begin + 3 * quarter, last / unit.nanos, end, last / unit.nanos, Plot.Colour.INK);
        return " Long dashes: p95 of the first quarter, " + Times.formatNanos(first) + ", and of the last, "
                + Times.formatNanos(last) + ".";
    }

    private void rates(List<Chart> charts) {
        if (result.series().size() < 2) {
            return;
        }
        Plot plot = axis.plot("operations / s", 240);
        Optional<OfferedRate> offered = OfferedRate.of(result);
        for (Interval slot : slots()) {
            double seconds = covered(slot);
            double x = Times.seconds(slot.start()) + seconds / 2;
            offered.ifPresent(rate ->
                    plot.broad("offered", x, rate.dueUntil(slot.start().toNanos() + (long) (seconds * 1e9)) / seconds));
            plot.point("achieved", x, slot.outcomes().ended() / seconds);
        }
        charts.add(new Chart(
                "Offered and achieved rate",
                offered.isPresent()
                        ? "Offered: what became due by the plan. Achieved: what ended, in success or failure. Where it stays below,"
                                + " work piles up."
                        : "Operations that ended, in success or failure. Users wait for the target before they go on, so no rate"
                                + " is offered.",
                plot));
    }

    private void failures(List<Chart> charts) {
        if (result.failed() == 0 || result.series().size() < 2) {
            return;
        }
        Plot plot = axis.plot("failures / s", 200);
        for (Interval slot : slots()) {
            double seconds = covered(slot);
            plot.point(
                    "failed",
                    Times.seconds(slot.start()) + seconds / 2,
                    slot.outcomes().failed() / seconds);
        }
        charts.add(new Chart("Failures over time", "Operations that failed, by when they ended.", plot));
    }

    /** At most {@link #MAX_POINTS} intervals, merged and not left out. */
    private List<Interval> thinned() {
        List<Interval> series = result.series();
        if (series.isEmpty()) {
            return series;
        }
        long width = slotNanos();
        TreeMap<Long, Interval> slots = new TreeMap<>();
        for (Interval interval : series) {
            long slot = interval.start().toNanos() / width;
            Interval before = slots.getOrDefault(slot, empty(slot * width, width));
            slots.put(
                    slot,
                    new Interval(
                            before.start(), before.width(), before.outcomes().plus(interval.outcomes())));
        }
        return List.copyOf(slots.values());
    }

    private long slotNanos() {
        List<Interval> series = result.series();
        long width = Math.max(1, series.get(0).width().toNanos());
        long most = 1 + series.get(series.size() - 1).start().toNanos() / width;
        return width * Math.max(1, (most + MAX_POINTS - 1) / MAX_POINTS);
    }

    private static Interval empty(long startNanos, long widthNanos) {
        return new Interval(Duration.ofNanos(startNanos), Duration.ofNanos(widthNanos), Outcomes.NONE);
    }

    /** As {@link #thinned}, with those in which nothing ended. */
    private List<Interval> slots() {
        List<Interval> slots = new ArrayList<>();
        long width = slotNanos();
        long next = 0;
        for (Interval interval : thinned()) {
            for (; next < interval.start().toNanos(); next += width) {
                slots.add(empty(next, width));
            }
            slots.add(interval);
            next += width;
        }
        return slots;
    }

    /** How many seconds of an interval the load lasted: the last one is hardly ever full. */
    private double covered(Interval slot) {
        double width = Times.seconds(slot.width());
        return Math.max(width / 10, Math.min(width, axis.loadEnd() - Times.seconds(slot.start())));
    }

    private static double middle(Interval interval) {
        return Times.seconds(interval.start()) + Times.seconds(interval.width()) / 2;
    }

    private List<Target> latencyTargets() {
        return result.scenario().targets().rows().stream()
                .filter(row -> row.metric() instanceof Metric.Time time && time.clock() == Clock.RESPONSE)
                .filter(row -> percentile(row) > 0)
                .toList();
    }

    /** 0 if the statistic is not a percentile. */
    private static double percentile(Target target) {
        return target.metric() instanceof Metric.Time time
                        && time.statistic() instanceof Statistic.Percentile percentile
                ? percentile.percent()
                : 0;
    }
}
