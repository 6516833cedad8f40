package io.stampede.report.summary;

import io.stampede.internal.verdict.ScalabilityLaw;
import io.stampede.result.BreakingPoint;
import io.stampede.result.Distribution;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** How a target behaves as the load rises from step to step: the charts of a stress test. */
final class StressCharts {

    private static final int CURVE_POINTS = 60;

    private final LoadResult result;
    private final List<Charts.Chart> charts = new ArrayList<>();

    private StressCharts(LoadResult result) {
        this.result = result;
    }

    static List<Charts.Chart> of(LoadResult result) {
        StressCharts stress = new StressCharts(result);
        stress.times();
        return stress.charts;
    }

    /** By size, since steps do not rise throughout, and some are run again. */
    private void times() {
        NavigableMap<Long, Distribution> sizes = new TreeMap<>();
        result.phases()
                .forEach(step -> sizes.merge(step.planned(), step.outcomes().responseTime(), Distribution::plus));
        if (sizes.size() < 2) {
            return;
        }
        TimeUnits unit = TimeUnits.highest(sizes.values().stream());
        Plot plot = new Plot("operations at once", unit.label, 280);
        int stride = Charts.stride(sizes.size());
        int i = 0;
        for (Map.Entry<Long, Distribution> size : sizes.entrySet()) {
            if (i++ % stride == 0) {
                Charts.times(plot, size.getKey(), size.getValue(), unit);
            }
        }
        if (!plot.isEmpty()) {
            charts.add(new Charts.Chart(
                    "Response time by load",
                    "Each point is a burst of that size, or all of its runs together" + Charts.every(stride)
                            + breaking(plot),
                    plot));
        }
        throughput();
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

    private void throughput() {
        List<PhaseResult> steps = result.phases();
        Plot plot = new Plot("operations at once", "succeeded / s", 240);
        int stride = Charts.stride(steps.size());
        for (int i = 0; i < steps.size(); i += stride) {
            PhaseResult step = steps.get(i);
            plot.dot("measured", (double) step.planned(), ScalabilityLaw.goodput(step));
        }
        if (plot.isEmpty()) {
            return;
        }
        String note = "Each point is one burst" + Charts.every(stride) + breaking(plot);
        Optional<ScalabilityLaw> fitted = ScalabilityLaw.of(steps).filter(ScalabilityLaw::describesSteps);
        if (fitted.isPresent()) {
            note += " The curve is the Universal Scalability Law, fitted to them"
                    + curve(plot, fitted.orElseThrow(), steps);
        }
        charts.add(new Charts.Chart("Throughput by load", note, plot));
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
            return "; its peak, if it has one, lies beyond them.";
        }
        plot.diamond(peak, law.throughput(peak), Plot.Colour.TARGET);
        return "; diamond: its peak.";
    }
}
