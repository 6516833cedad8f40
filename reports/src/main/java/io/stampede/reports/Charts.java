package io.stampede.reports;

import io.stampede.result.BreakingPoint;
import io.stampede.result.Distribution;
import io.stampede.result.GaugeSeries;
import io.stampede.result.Interval;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.result.ScalabilityLaw;
import io.stampede.scenario.Bound;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Target;
import io.stampede.scenario.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The charts of a result, each at most a few hundred points. */
final class Charts {

    private static final int MAX_POINTS = 240;
    private static final int MAX_GAUGES = 12;
    private static final int CURVE_POINTS = 60;
    private static final String TARGET = "#1b7837";
    private static final String ACCEPTABLE = "#b35806";
    private static final String BROKE = "#b00020";

    /**
     * A chart and what it says.
     *
     * @param note how to read it
     */
    record Chart(String title, String note, String svg) {}

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
        charts.responseTimes(all);
        charts.throughput(all);
        charts.gauges(all);
        return all;
    }

    private void percentiles(List<Chart> charts) {
        Distribution response = result.responseTime();
        if (response.isEmpty()) {
            return;
        }
        Unit unit = Unit.of(response.percentileNanos(100));
        double end = Math.max(1, Math.log10(response.count() * 2.0));
        Plot plot =
                new Plot("percentile of operations (each step has a tenth of the operations left)", unit.label, 300);
        curve(plot, "response time", response, unit, end);
        curve(plot, "service time", result.serviceTime(), unit, end);
        for (Target target : latencyTargets()) {
            double percentile = percentile(target);
            double x = -Math.log10(1 - percentile / 100);
            double highest = response.percentileNanos(100) * 3;
            if (x <= end && target.target().value() <= highest) {
                plot.diamond(x, target.target().value() / unit.nanos, TARGET);
            }
            if (x <= end && target.acceptable().value() <= highest) {
                plot.diamond(x, target.acceptable().value() / unit.nanos, ACCEPTABLE);
            }
        }
        plot.xTicks(percentileTicks(end));
        charts.add(new Chart(
                "Percentiles",
                latencyTargets().isEmpty()
                        ? "How long the slowest operations took."
                        : "How long the slowest operations took. Diamonds: target (green) and acceptable (brown);"
                                + " the curve should run below them.",
                plot.svg()));
    }

    private static void curve(Plot plot, String name, Distribution times, Unit unit, double end) {
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

    private void responseTimes(List<Chart> charts) {
        List<Interval> series = thinned();
        if (series.size() < 2) {
            return;
        }
        double max = series.stream()
                .mapToDouble(interval -> interval.responseTime().percentileNanos(100))
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        Unit unit = Unit.of(max);
        Plot plot = timePlot(unit.label, 280);
        for (Interval interval : series) {
            double x = middle(interval);
            Distribution times = interval.responseTime();
            plot.point("p50", x, times.percentileNanos(50) / unit.nanos);
            plot.point("p95", x, times.percentileNanos(95) / unit.nanos);
            plot.point("p99", x, times.percentileNanos(99) / unit.nanos);
            plot.point("max", x, times.percentileNanos(100) / unit.nanos);
        }
        if (plot.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        for (Target target : latencyTargets()) {
            // A bound far above everything would flatten the lines to nothing.
            if (target.target().value() <= max * 3) {
                plot.across(target.target().value() / unit.nanos, TARGET);
                lines.add(target.metric().label() + " " + target.target().label());
            }
        }
        charts.add(new Chart(
                "Response time over time",
                "By when operations ended." + (lines.isEmpty() ? "" : " Dashed: " + String.join(", ", lines) + "."),
                plot.svg()));
    }

    private void throughput(List<Chart> charts) {
        List<Interval> series = thinned();
        if (series.size() < 2) {
            return;
        }
        Plot plot = timePlot("operations / s", 220);
        boolean failures = result.failed() > 0;
        for (Interval interval : series) {
            double seconds = interval.width().toNanos() / 1e9;
            plot.point("succeeded", middle(interval), interval.succeeded() / seconds);
            if (failures) {
                plot.point("failed", middle(interval), interval.failed() / seconds);
            }
        }
        charts.add(new Chart("Throughput over time", "Operations that ended, per second.", plot.svg()));
    }

    private void gauges(List<Chart> charts) {
        int drawn = 0;
        for (GaugeSeries gauge : result.gauges()) {
            if (gauge.points().isEmpty() || drawn == MAX_GAUGES) {
                continue;
            }
            boolean bytes = gauge.max() > 1e7
                    && gauge.name().toLowerCase(java.util.Locale.ROOT).contains("heap");
            Plot plot = timePlot(bytes ? "MB" : "", 190);
            int stride = Math.max(1, (gauge.points().size() + MAX_POINTS - 1) / MAX_POINTS);
            for (int i = 0; i < gauge.points().size(); i += stride) {
                GaugeSeries.Point highest = gauge.points().get(i);
                for (int j = i; j < Math.min(i + stride, gauge.points().size()); j++) {
                    if (gauge.points().get(j).value() > highest.value()) {
                        highest = gauge.points().get(j);
                    }
                }
                plot.point(gauge.name(), highest.at().toNanos() / 1e9, highest.value() / (bytes ? 1e6 : 1));
            }
            if (plot.isEmpty()) {
                continue;
            }
            result.scenario().targets().rows().stream()
                    .filter(row -> row.metric().measure().equalsIgnoreCase(gauge.name()))
                    .filter(row -> row.target().value() <= gauge.max() * 3)
                    .forEach(row -> plot.across(row.target().value() / (bytes ? 1e6 : 1), TARGET));
            charts.add(new Chart(
                    "Gauge: " + gauge.name(),
                    "Highest " + Times.number(gauge.max()) + ", mean " + Times.number(gauge.mean()) + ", last "
                            + Times.number(gauge.last()) + ".",
                    plot.svg()));
            drawn++;
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
        Unit unit = unit(phases.stream().map(PhaseResult::responseTime));
        Plot plot = new Plot("seconds since the start", unit.label, 280);
        int stride = Math.max(1, phases.size() / MAX_POINTS);
        for (int i = 0; i < phases.size(); i += stride) {
            PhaseResult phase = phases.get(i);
            times(plot, phase.start().toNanos() / 1e9, phase.responseTime(), unit);
        }
        if (!plot.isEmpty()) {
            charts.add(new Chart("Response time by tick", "Each point is one tick or phase.", plot.svg()));
        }
    }

    private static Unit unit(Stream<Distribution> times) {
        return Unit.of(times.mapToDouble(each -> each.percentileNanos(99))
                .filter(Double::isFinite)
                .max()
                .orElse(0));
    }

    private static void times(Plot plot, double x, Distribution times, Unit unit) {
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
        Unit unit = unit(sizes.values().stream());
        Plot plot = new Plot("operations at once", unit.label, 280);
        int stride = Math.max(1, sizes.size() / MAX_POINTS);
        int i = 0;
        for (Map.Entry<Long, Distribution> size : sizes.entrySet()) {
            if (i++ % stride == 0) {
                times(plot, size.getKey(), size.getValue(), unit);
            }
        }
        if (!plot.isEmpty()) {
            charts.add(new Chart(
                    "Response time by load",
                    "Each point is a burst of that size, or all of its runs together." + breaking(plot),
                    plot.svg()));
        }
        scalability(charts);
    }

    private String breaking(Plot plot) {
        BreakingPoint point = result.breakingPoint();
        if (point == null || !point.reached()) {
            return "";
        }
        plot.upright((double) point.broke(), BROKE);
        return " Dashed: where it broke.";
    }

    private void scalability(List<Chart> charts) {
        List<PhaseResult> steps = result.phases();
        Plot plot = new Plot("operations at once", "succeeded / s", 240);
        int stride = Math.max(1, steps.size() / MAX_POINTS);
        for (int i = 0; i < steps.size(); i += stride) {
            PhaseResult step = steps.get(i);
            plot.dot("measured", (double) step.planned(), ScalabilityLaw.goodput(step));
        }
        if (plot.isEmpty()) {
            return;
        }
        String note = "Each point is one burst." + breaking(plot);
        Optional<ScalabilityLaw> fitted = ScalabilityLaw.of(steps).filter(ScalabilityLaw::describesSteps);
        if (fitted.isPresent()) {
            note += " The curve is the Universal Scalability Law, fitted to them"
                    + curve(plot, fitted.orElseThrow(), steps);
        }
        charts.add(new Chart("Throughput by load", note, plot.svg()));
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
        plot.diamond(peak, law.throughput(peak), TARGET);
        return "; diamond: its peak.";
    }

    private Plot timePlot(String yTitle, int height) {
        double end = result.elapsed().toNanos() / 1e9;
        for (Interval interval : result.series()) {
            end = Math.max(end, interval.start().plus(interval.width()).toNanos() / 1e9);
        }
        for (GaugeSeries gauge : result.gauges()) {
            for (GaugeSeries.Point point : gauge.points()) {
                end = Math.max(end, point.at().toNanos() / 1e9);
            }
        }
        return new Plot("seconds since the start", yTitle, height).xRange(0, Math.max(end, 0.001));
    }

    /** At most {@link #MAX_POINTS} intervals, merged and not left out. */
    private List<Interval> thinned() {
        List<Interval> series = result.series();
        int stride = Math.max(1, (series.size() + MAX_POINTS - 1) / MAX_POINTS);
        List<Interval> thinned = new ArrayList<>();
        for (int i = 0; i < series.size(); i += stride) {
            Interval merged = series.get(i);
            for (int j = i + 1; j < Math.min(i + stride, series.size()); j++) {
                Interval next = series.get(j);
                merged = new Interval(
                        merged.start(),
                        merged.width().plus(next.width()),
                        merged.succeeded() + next.succeeded(),
                        merged.failed() + next.failed(),
                        merged.responseTime().plus(next.responseTime()),
                        merged.serviceTime().plus(next.serviceTime()));
            }
            thinned.add(merged);
        }
        return thinned;
    }

    private static double middle(Interval interval) {
        return (interval.start().toNanos() + interval.width().toNanos() / 2.0) / 1e9;
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

    private enum Unit {
        MICROSECONDS("microseconds", 1e3),
        MILLISECONDS("milliseconds", 1e6),
        SECONDS("seconds", 1e9);

        private final String label;
        private final double nanos;

        Unit(String label, double nanos) {
            this.label = label;
            this.nanos = nanos;
        }

        static Unit of(double maxNanos) {
            return maxNanos < 1e6 ? MICROSECONDS : maxNanos < 1e10 ? MILLISECONDS : SECONDS;
        }
    }
}
