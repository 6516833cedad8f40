package io.stampede.report.summary;

import io.stampede.internal.format.Times;
import io.stampede.internal.verdict.Drift;
import io.stampede.internal.verdict.ScalabilityLaw;
import io.stampede.metric.Bound;
import io.stampede.report.text.Text;
import io.stampede.result.BreakingPoint;
import io.stampede.result.Distribution;
import io.stampede.result.GaugeSeries;
import io.stampede.result.Interval;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.result.Recovery;
import io.stampede.scenario.Kind;
import io.stampede.targets.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The charts of a result, each at most a few hundred points. */
final class Charts {

    private static final int MAX_POINTS = 150;
    private static final int MAX_GAUGES = 12;
    private static final int CURVE_POINTS = 60;
    private static final int MAX_SHADED = 60;
    private static final int MAX_NAMED = 8;
    private static final double LOGARITHMIC = 30; // times the typical value, from which on most would lie flat
    private static final double MIB = 1 << 20;
    private static final String TIME_AXIS = "seconds since the start";

    /**
     * A chart and what it says.
     *
     * @param note how to read it
     */
    record Chart(String title, String note, String svg) {

        Chart(String title, String note, Plot plot) {
            this(title, note, plot.svg(title));
        }
    }

    private final LoadResult result;

    private Charts(LoadResult result) {
        this.result = result;
    }

    /** Those for which there is data. */
    static List<Chart> of(LoadResult result) {
        Charts charts = new Charts(result);
        List<Chart> all = new ArrayList<>();
        charts.phases(all);
        charts.percentiles(all);
        charts.times(all, "Response time over time", Interval::responseTime, true);
        charts.times(all, "Service time over time", Interval::serviceTime, false);
        charts.rates(all);
        charts.failures(all);
        charts.gauges(all);
        charts.processors(all);
        return all;
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
                        ? "How long the slowest operations took: from tick to tick, a tenth of them is left."
                        : "How long the slowest operations took: from tick to tick, a tenth of them is left. Diamonds:"
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

    private static Plot.Ticks percentileTicks(double end) {
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
        return new Plot.Ticks(at, labels);
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
        Plot plot = timePlot(unit.axis(log), 280);
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
                : "From start to end: without the time that operations waited" + " to be started.";
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
        return new Interval(
                Duration.ZERO,
                result.elapsed(),
                result.succeeded(),
                result.failed(),
                result.responseTime(),
                result.serviceTime());
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
        Optional<Drift.Levels> found =
                result.scenario().kind() instanceof Kind.Endurance ? Drift.levels(result) : Optional.empty();
        if (found.isEmpty()) {
            return "";
        }
        Drift.Levels levels = found.orElseThrow();
        double first = levels.first().percentileNanos(95);
        double last = levels.last().percentileNanos(95);
        if (Double.isNaN(first) || Double.isNaN(last)) {
            return "";
        }
        double begin = seconds(levels.begin());
        double quarter = seconds(levels.quarter());
        plot.straight(begin, first / unit.nanos, begin + quarter, first / unit.nanos, Plot.Colour.INK);
        double end = Math.min(axisEnd(), begin + 4 * quarter); // the last second may not have been a whole one
        plot.straight(begin + 3 * quarter, last / unit.nanos, end, last / unit.nanos, Plot.Colour.INK);
        return " Long dashes: p95 of the first quarter, " + Times.formatNanos(first) + ", and of the last, "
                + Times.formatNanos(last) + ".";
    }

    private void rates(List<Chart> charts) {
        if (result.series().size() < 2) {
            return;
        }
        Plot plot = timePlot("operations / s", 240);
        Optional<OfferedRate> offered = OfferedRate.of(result);
        for (Interval slot : slots()) {
            double seconds = covered(slot);
            double x = seconds(slot.start()) + seconds / 2;
            offered.ifPresent(rate ->
                    plot.broad("offered", x, rate.dueUntil(slot.start().toNanos() + (long) (seconds * 1e9)) / seconds));
            plot.point("achieved", x, (slot.succeeded() + slot.failed()) / seconds);
        }
        charts.add(new Chart(
                "Offered and achieved rate",
                offered.isPresent()
                        ? "Offered: what the plan made due. Achieved: what ended, well or not. Where it stays below,"
                                + " work piles up."
                        : "Operations that ended, well or not. Users wait for the target before they go on, so no rate"
                                + " is offered.",
                plot));
    }

    private void failures(List<Chart> charts) {
        if (result.failed() == 0 || result.series().size() < 2) {
            return;
        }
        Plot plot = timePlot("failures / s", 200);
        for (Interval slot : slots()) {
            double seconds = covered(slot);
            plot.point("failed", seconds(slot.start()) + seconds / 2, slot.failed() / seconds);
        }
        charts.add(new Chart("Failures over time", "Operations that failed, by when they ended.", plot));
    }

    private void gauges(List<Chart> charts) {
        int drawn = 0;
        for (GaugeSeries gauge : result.gauges()) {
            if (gauge.points().isEmpty() || drawn == MAX_GAUGES || inPercent(gauge)) {
                continue;
            }
            boolean bytes = gauge.name().equals(GaugeSeries.HEAP_AFTER_COLLECTION);
            double unit = bytes ? MIB : 1;
            Plot plot = timePlot(bytes ? "MiB" : "value", 200);
            line(plot, gauge, unit);
            if (plot.isEmpty()) {
                continue;
            }
            String note = bytes
                    ? "Highest " + Times.number(gauge.max() / MIB) + " MiB." + trend(plot, gauge)
                    : "Highest " + Times.number(gauge.max()) + ", mean " + Times.number(gauge.mean()) + ", last "
                            + Times.number(gauge.last()) + ".";
            List<Target> bounds = result.scenario().targets().rows().stream()
                    .filter(row -> row.metric().measure().equalsIgnoreCase(gauge.name()))
                    .filter(row -> row.target().value() <= Math.max(1, gauge.max()) * 3)
                    .toList();
            bounds.forEach(row -> plot.across(row.target().value() / unit, Plot.Colour.TARGET));
            if (!bounds.isEmpty()) {
                note += " Short dashes: target "
                        + String.join(
                                ", ",
                                bounds.stream().map(row -> row.target().label()).toList()) + ".";
            }
            charts.add(new Chart("Gauge: " + gauge.name(), note + recovery(plot), plot));
            drawn++;
        }
    }

    private static boolean inPercent(GaugeSeries gauge) {
        return GaugeSeries.ofEngine(gauge.name()) && !gauge.name().equals(GaugeSeries.HEAP_AFTER_COLLECTION);
    }

    /** Of many points, the highest of each stretch. */
    private static void line(Plot plot, GaugeSeries gauge, double unit) {
        int stride = Math.max(1, (gauge.points().size() + MAX_POINTS - 1) / MAX_POINTS);
        for (int i = 0; i < gauge.points().size(); i += stride) {
            GaugeSeries.Point highest = gauge.points().get(i);
            for (int j = i; j < Math.min(i + stride, gauge.points().size()); j++) {
                if (gauge.points().get(j).value() > highest.value()) {
                    highest = gauge.points().get(j);
                }
            }
            plot.point(gauge.name(), seconds(highest.at()), highest.value() / unit);
        }
    }

    /** When the load ended, and when what is judged was back under its target. */
    private String recovery(Plot plot) {
        Recovery recovery = result.recovery();
        if (recovery == null) {
            return "";
        }
        double end = loadEnd();
        plot.upright(end, Plot.Colour.INK);
        plot.upright(end + seconds(recovery.took()), recovery.recovered() ? Plot.Colour.TARGET : Plot.Colour.CRITICAL);
        return " Upright: the load ended at " + Times.number(end) + " s, and the target "
                + (recovery.recovered() ? "had recovered " : "had not recovered ") + Times.format(recovery.took())
                + " later.";
    }

    /** Without the first quarter, as the judgement of it has it. */
    private String trend(Plot plot, GaugeSeries heap) {
        double from = seconds(result.elapsed()) / 4;
        List<GaugeSeries.Point> points = heap.points().stream()
                .filter(point -> seconds(point.at()) >= from)
                .toList();
        if (points.size() < 5 || !(result.scenario().kind() instanceof Kind.Endurance)) {
            return "";
        }
        double meanX = points.stream()
                .mapToDouble(point -> seconds(point.at()))
                .average()
                .orElse(0);
        double meanY =
                points.stream().mapToDouble(GaugeSeries.Point::value).average().orElse(0);
        double xx = 0;
        double xy = 0;
        for (GaugeSeries.Point point : points) {
            xx += (seconds(point.at()) - meanX) * (seconds(point.at()) - meanX);
            xy += (seconds(point.at()) - meanX) * (point.value() - meanY);
        }
        double slope = xy / xx;
        if (!Double.isFinite(slope)) {
            return "";
        }
        double first = seconds(points.get(0).at());
        double last = seconds(points.get(points.size() - 1).at());
        plot.straight(
                first,
                (meanY + slope * (first - meanX)) / MIB,
                last,
                (meanY + slope * (last - meanX)) / MIB,
                Plot.Colour.INK);
        return " Long dashes: the trend after the first quarter, " + Times.number(slope * 3600 / MIB)
                + " MiB per hour.";
    }

    private void processors(List<Chart> charts) {
        List<GaugeSeries> shares =
                result.gauges().stream().filter(Charts::inPercent).toList();
        Plot plot = timePlot("percent", 220);
        shares.forEach(gauge -> line(plot, gauge, 1));
        if (!plot.isEmpty()) {
            charts.add(new Chart(
                    "Processors and garbage collection",
                    "Of this JVM, which runs the load and may run the target too, and of the machine. Near 100 percent"
                            + " the machine is the limit, and not the target."
                            + recovery(plot),
                    plot));
        }
    }

    private void phases(List<Chart> charts) {
        if (result.scenario().kind() instanceof Kind.Stress) {
            steps(charts);
            return;
        }
        List<PhaseResult> phases = result.phases();
        if (phases.size() < 2) {
            return;
        }
        TimeUnits unit = unit(phases.stream().map(PhaseResult::responseTime));
        Plot plot = timePlot(unit.label, 280);
        int stride = Math.max(1, (phases.size() + MAX_POINTS - 1) / MAX_POINTS);
        for (int i = 0; i < phases.size(); i += stride) {
            PhaseResult phase = phases.get(i);
            times(plot, seconds(phase.start()), phase.responseTime(), unit);
        }
        if (!plot.isEmpty()) {
            charts.add(new Chart("Response time by tick", "Each point is one tick or phase" + every(stride), plot));
        }
    }

    /** The end of a sentence on points, of which a chart has room for some. */
    private static String every(int stride) {
        return stride == 1 ? "." : "; of them, one in " + stride + " is drawn.";
    }

    private static TimeUnits unit(Stream<Distribution> times) {
        return TimeUnits.of(times.mapToDouble(each -> each.percentileNanos(99))
                .filter(Double::isFinite)
                .max()
                .orElse(0));
    }

    private static void times(Plot plot, double x, Distribution times, TimeUnits unit) {
        plot.point("mean", x, times.meanNanos() / unit.nanos);
        plot.point("p95", x, times.percentileNanos(95) / unit.nanos);
        plot.point("p99", x, times.percentileNanos(99) / unit.nanos);
    }

    /** By size, since steps do not rise throughout, and some are run again. */
    private void steps(List<Chart> charts) {
        NavigableMap<Long, Distribution> sizes = new TreeMap<>();
        result.phases().forEach(step -> sizes.merge(step.planned(), step.responseTime(), Distribution::plus));
        if (sizes.size() < 2) {
            return;
        }
        TimeUnits unit = unit(sizes.values().stream());
        Plot plot = new Plot("operations at once", unit.label, 280);
        int stride = Math.max(1, (sizes.size() + MAX_POINTS - 1) / MAX_POINTS);
        int i = 0;
        for (Map.Entry<Long, Distribution> size : sizes.entrySet()) {
            if (i++ % stride == 0) {
                times(plot, size.getKey(), size.getValue(), unit);
            }
        }
        if (!plot.isEmpty()) {
            charts.add(new Chart(
                    "Response time by load",
                    "Each point is a burst of that size, or all of its runs together" + every(stride) + breaking(plot),
                    plot));
        }
        scalability(charts);
    }

    private String breaking(Plot plot) {
        BreakingPoint point = result.breakingPoint();
        if (point == null || !point.reached()) {
            return "";
        }
        plot.upright((double) point.broke(), point.generatorLimited() ? Plot.Colour.INK : Plot.Colour.CRITICAL);
        return point.generatorLimited()
                ? " Dashed: where the load generator was the limit."
                : " Dashed: where it broke.";
    }

    private void scalability(List<Chart> charts) {
        List<PhaseResult> steps = result.phases();
        Plot plot = new Plot("operations at once", "succeeded / s", 240);
        int stride = Math.max(1, (steps.size() + MAX_POINTS - 1) / MAX_POINTS);
        for (int i = 0; i < steps.size(); i += stride) {
            PhaseResult step = steps.get(i);
            plot.dot("measured", (double) step.planned(), ScalabilityLaw.goodput(step));
        }
        if (plot.isEmpty()) {
            return;
        }
        String note = "Each point is one burst" + every(stride) + breaking(plot);
        Optional<ScalabilityLaw> fitted = ScalabilityLaw.of(steps).filter(ScalabilityLaw::describesSteps);
        if (fitted.isPresent()) {
            note += " The curve is the Universal Scalability Law, fitted to them"
                    + curve(plot, fitted.orElseThrow(), steps);
        }
        charts.add(new Chart("Throughput by load", note, plot));
    }

    private static String curve(Plot plot, ScalabilityLaw law, List<PhaseResult> steps) {
        double least = steps.stream().mapToDouble(PhaseResult::planned).min().orElse(1);
        double most = steps.stream().mapToDouble(PhaseResult::planned).max().orElse(1);
        for (int i = 0; i <= CURVE_POINTS; i++) {
            double x = least + (most - least) * i / CURVE_POINTS;
            plot.point("fitted law", x, law.throughput(x));
        }
        double peak = law.peak().orElse(Double.POSITIVE_INFINITY);
        if (peak > most) {
            return "; it has its peak beyond them, if it has one.";
        }
        plot.diamond(peak, law.throughput(peak), Plot.Colour.TARGET);
        return "; diamond: its peak.";
    }

    private Plot timePlot(String yTitle, int height) {
        double end = Math.max(0.001, axisEnd());
        Plot plot = new Plot(TIME_AXIS, yTitle, height).xRange(0, end);
        List<PhaseResult> phases = result.phases();
        boolean whole = phases.size() == 1 && end(phases.get(0)) > 0.97 * end;
        if (whole || phases.size() > MAX_SHADED) {
            return plot;
        }
        double shadedUntil = Double.NEGATIVE_INFINITY;
        for (PhaseResult phase : phases) {
            double from = seconds(phase.start());
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

    private double axisEnd() {
        double end = seconds(result.elapsed());
        for (Interval interval : result.series()) {
            end = Math.max(end, Math.min(seconds(end(interval)), Math.max(loadEnd(), seconds(interval.start()))));
        }
        for (GaugeSeries gauge : result.gauges()) {
            for (GaugeSeries.Point point : gauge.points()) {
                end = Math.max(end, seconds(point.at()));
            }
        }
        Recovery recovery = result.recovery();
        return recovery == null ? end : Math.max(end, loadEnd() + seconds(recovery.took()));
    }

    /** When the last operation ended, in seconds since the start. */
    private double loadEnd() {
        return result.phases().stream().mapToDouble(Charts::end).max().orElse(seconds(result.elapsed()));
    }

    private static double end(PhaseResult phase) {
        return seconds(phase.start().plus(phase.elapsed()));
    }

    private static Duration end(Interval interval) {
        return interval.start().plus(interval.width());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
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
                            before.start(),
                            before.width(),
                            before.succeeded() + interval.succeeded(),
                            before.failed() + interval.failed(),
                            before.responseTime().plus(interval.responseTime()),
                            before.serviceTime().plus(interval.serviceTime())));
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
        return new Interval(
                Duration.ofNanos(startNanos),
                Duration.ofNanos(widthNanos),
                0,
                0,
                Distribution.EMPTY,
                Distribution.EMPTY);
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
        double width = seconds(slot.width());
        return Math.max(width / 10, Math.min(width, loadEnd() - seconds(slot.start())));
    }

    private static double middle(Interval interval) {
        return seconds(interval.start()) + seconds(interval.width()) / 2;
    }

    private List<Target> latencyTargets() {
        return result.scenario().targets().rows().stream()
                .filter(row -> row.metric().measure().equals("response time")
                        || row.metric().measure().equals("queue time"))
                .filter(row -> row.target().unit() == Bound.Unit.TIME && percentile(row) > 0)
                .toList();
    }

    /** 0 where the statistic is none. */
    private static double percentile(Target target) {
        String statistic = target.metric().statistic();
        return statistic.matches("p\\d{1,2}(\\.\\d+)?") ? Double.parseDouble(statistic.substring(1)) : 0;
    }
}
