package io.stampede.report.summary;

import io.stampede.internal.format.Times;
import io.stampede.internal.verdict.HeapTrend;
import io.stampede.metric.Metric;
import io.stampede.metric.Unit;
import io.stampede.report.text.DisplayUnit;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.targets.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the gauges read over time: a chart each, and one for all that are shares of a machine's time. */
final class GaugeCharts {

    private static final int MAX_GAUGES = 12;

    private final LoadResult result;
    private final TimeAxis axis;
    private final List<Charts.Chart> charts = new ArrayList<>();

    private GaugeCharts(LoadResult result) {
        this.result = result;
        this.axis = new TimeAxis(result);
    }

    static List<Charts.Chart> of(LoadResult result) {
        GaugeCharts gauges = new GaugeCharts(result);
        gauges.each();
        gauges.processors();
        return gauges.charts;
    }

    private void each() {
        for (GaugeSeries gauge : result.gauges()) {
            if (charts.size() < MAX_GAUGES && !isOfTheEngineInPercent(gauge)) {
                one(gauge);
            }
        }
    }

    private void one(GaugeSeries gauge) {
        DisplayUnit unit = DisplayUnit.of(gauge.unit());
        Plot plot = axis.plot(unit.label().isEmpty() ? "value" : unit.label(), 200);
        line(plot, gauge, unit);
        if (plot.isEmpty()) {
            return;
        }
        String note = gauge.unit() == Unit.BYTES
                ? "Highest " + unit.format(gauge.max()) + "." + trend(plot, unit)
                : "Highest " + unit.format(gauge.max()) + ", mean " + unit.format(gauge.mean()) + ", last "
                        + unit.format(gauge.last()) + ".";
        charts.add(new Charts.Chart(
                "Gauge: " + gauge.name(),
                note + thinned(gauge) + targets(plot, gauge, unit) + axis.recovery(plot),
                plot));
    }

    /** What the points are, if not all that was read is drawn; judgements read all. */
    private static String thinned(GaugeSeries gauge) {
        long infinite = gauge.reads().infinite();
        String left = infinite > 0 ? " Infinite values cannot be drawn." : "";
        int drawn = (gauge.points().size() + Charts.stride(gauge.points().size()) - 1)
                / Math.max(1, Charts.stride(gauge.points().size()));
        return gauge.samples() - infinite > drawn
                ? " Each point is the highest value of its stretch; targets judge all values." + left
                : left;
    }

    private String targets(Plot plot, GaugeSeries gauge, DisplayUnit unit) {
        List<Target> targets = result.scenario().targets().rows().stream()
                .filter(row -> row.metric() instanceof Metric.GaugeValue value && value.isOf(gauge.name()))
                // A bound far above everything would flatten the line to nothing.
                .filter(row -> row.target().value() <= Math.max(leastHigh(gauge), gauge.max()) * 3)
                .toList();
        targets.forEach(row -> plot.across(unit.inUnit(row.target().value()), Plot.Colour.TARGET));
        return targets.isEmpty()
                ? ""
                : " Short dashes: target "
                        + targets.stream().map(row -> row.target().label()).collect(Collectors.joining(", ")) + ".";
    }

    /** Of many points, the highest of each stretch. */
    private static void line(Plot plot, GaugeSeries gauge, DisplayUnit unit) {
        int stride = Charts.stride(gauge.points().size());
        for (int i = 0; i < gauge.points().size(); i += stride) {
            GaugeSeries.Point highest = gauge.points().get(i);
            for (int j = i; j < Math.min(i + stride, gauge.points().size()); j++) {
                if (gauge.points().get(j).value() > highest.value()) {
                    highest = gauge.points().get(j);
                }
            }
            plot.point(gauge.name(), Times.seconds(highest.at()), unit.inUnit(highest.value()));
        }
    }

    /** The line by which heap growth is judged. */
    private String trend(Plot plot, DisplayUnit unit) {
        Optional<HeapTrend> fitted = result.scenario().kind().endurance().flatMap(endurance -> HeapTrend.of(result));
        if (fitted.isEmpty()) {
            return "";
        }
        HeapTrend trend = fitted.orElseThrow();
        plot.straight(
                Times.seconds(trend.first()),
                unit.inUnit(trend.bytesAt(trend.first())),
                Times.seconds(trend.last()),
                unit.inUnit(trend.bytesAt(trend.last())),
                Plot.Colour.INK);
        return " Long dashes: the trend after the first quarter, " + unit.format(trend.bytesPerHour()) + " per hour.";
    }

    /** They share one chart. */
    private static boolean isOfTheEngineInPercent(GaugeSeries gauge) {
        return gauge.unit() == Unit.PERCENT && GaugeSeries.ofEngine(gauge.name());
    }

    /** What is at least taken for the highest value, so that the target of a gauge that stayed at 0 is shown. */
    private static double leastHigh(GaugeSeries gauge) {
        return gauge.unit() == Unit.SHARE ? 0.1 : 1;
    }

    private void processors() {
        Plot plot = axis.plot("percent", 220);
        result.gauges().stream()
                .filter(GaugeCharts::isOfTheEngineInPercent)
                .forEach(gauge -> line(plot, gauge, DisplayUnit.PERCENT));
        if (!plot.isEmpty()) {
            charts.add(new Charts.Chart(
                    "Processors and garbage collection",
                    "Of this JVM, which generates the load and may run the target too, and of the whole machine. Near 100"
                            + " percent the machine is the limit, not the target."
                            + axis.recovery(plot),
                    plot));
        }
    }
}
