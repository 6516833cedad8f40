package io.stampede.reports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.letsPlot.commons.encoding.UnsupportedRGBEncoder;
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon;
import org.jspecify.annotations.Nullable;

/** One chart: lines over a numeric axis, drawn as static SVG. The only class that knows the charting library. */
final class Plot {

    static final int WIDTH = 880;

    // Okabe and Ito's palette, which colour-blind readers can tell apart.
    private static final List<String> COLOURS =
            List.of("#0072b2", "#e69f00", "#cc79a7", "#56b4e9", "#009e73", "#000000");

    private final String xTitle;
    private final String yTitle;
    private final int height;
    private final Points lines = new Points();
    private final Points dots = new Points();
    private final List<String> series = new ArrayList<>();
    private final List<Map<String, Object>> marks = new ArrayList<>();
    private @Nullable Ticks xTicks;
    private double highestMark = Double.NEGATIVE_INFINITY;
    private double xFrom = Double.NaN;
    private double xTo = Double.NaN;

    /** Where an axis has its labels. */
    record Ticks(List<Double> at, List<String> labels) {}

    private static final class Points {
        final List<Double> xs = new ArrayList<>();
        final List<Double> ys = new ArrayList<>();
        final List<String> names = new ArrayList<>();

        void add(String name, double x, double y) {
            xs.add(x);
            ys.add(y);
            names.add(name);
        }

        Map<String, Object> data() {
            return map("x", xs, "y", ys, "name", names);
        }
    }

    Plot(String xTitle, String yTitle, int height) {
        this.xTitle = xTitle;
        this.yTitle = yTitle;
        this.height = height;
    }

    Plot xTicks(Ticks ticks) {
        this.xTicks = ticks;
        return this;
    }

    Plot xRange(double from, double to) {
        xFrom = from;
        xTo = to;
        return this;
    }

    /** Points of a line. Those that are not finite are left out. */
    Plot point(String name, double x, double y) {
        return add(lines, name, x, y);
    }

    /** Points that no line joins. Those that are not finite are left out. */
    Plot dot(String name, double x, double y) {
        return add(dots, name, x, y);
    }

    private Plot add(Points points, String name, double x, double y) {
        if (Double.isFinite(x) && Double.isFinite(y)) {
            String line = Text.line(name, 60);
            if (!series.contains(line)) {
                series.add(line);
            }
            points.add(line, x, y);
        }
        return this;
    }

    boolean isEmpty() {
        return lines.xs.isEmpty() && dots.xs.isEmpty();
    }

    /** A dashed line across, at a bound. */
    Plot across(double y, String colour) {
        highestMark = Math.max(highestMark, y);
        marks.add(map("geom", "hline", "yintercept", y, "linetype", "dashed", "color", colour, "size", 0.8));
        return this;
    }

    /** A dashed line from bottom to top. */
    Plot upright(double x, String colour) {
        marks.add(map("geom", "vline", "xintercept", x, "linetype", "dashed", "color", colour, "size", 0.8));
        return this;
    }

    /** A point of its own, such as a bound at its percentile. */
    Plot diamond(double x, double y, String colour) {
        highestMark = Math.max(highestMark, y);
        marks.add(map(
                "geom",
                "point",
                "data",
                map("x", List.of(x), "y", List.of(y)),
                "mapping",
                map("x", "x", "y", "y"),
                "shape",
                18,
                "size",
                8,
                "color",
                colour,
                "inherit_aes",
                false));
        return this;
    }

    /** A complete {@code <svg>} element, made for XHTML. */
    String svg() {
        List<Map<String, Object>> layers = new ArrayList<>();
        layers.add(map("geom", "line", "size", 1.1));
        if (dots.xs.isEmpty() && lines.xs.size() <= 80) {
            layers.add(map("geom", "point", "size", 2.2));
        }
        if (!dots.xs.isEmpty()) {
            layers.add(map("geom", "point", "data", dots.data(), "size", 2.6));
        }
        layers.addAll(marks);
        List<Map<String, Object>> scales = new ArrayList<>();
        scales.add(scale("x", Text.line(xTitle, 80), xTicks));
        if (Double.isFinite(xFrom)) {
            scales.get(0).put("limits", List.of(xFrom, xTo));
        }
        Map<String, Object> vertical = scale("y", Text.line(yTitle, 40), null);
        // From zero, else a flat line with a little noise looks like a drama.
        List<Double> ys = new ArrayList<>(lines.ys);
        ys.addAll(dots.ys);
        double lowest = Math.min(0, Collections.min(ys));
        double highest = Math.max(Collections.max(ys), highestMark);
        vertical.put("limits", List.of(lowest, highest > lowest ? highest * 1.03 : lowest + 1));
        scales.add(vertical);
        Map<String, Object> colours = map("aesthetic", "color", "name", "", "values", COLOURS);
        colours.put("breaks", series);
        colours.put("limits", series);
        scales.add(colours);
        Map<String, Object> spec = map(
                "kind",
                "plot",
                "data",
                lines.data(),
                "mapping",
                map("x", "x", "y", "y", "color", "name"),
                "ggsize",
                map("width", WIDTH, "height", height),
                "theme",
                map("legend_position", series.size() > 1 ? "top" : "none"),
                "layers",
                layers,
                "scales",
                scales);
        String svg =
                PlotSvgExportCommon.INSTANCE.buildSvgImageFromRawSpecs(spec, null, new UnsupportedRGBEncoder(), false);
        return svg.substring(svg.indexOf("<svg"));
    }

    private static Map<String, Object> scale(String aesthetic, String title, @Nullable Ticks ticks) {
        Map<String, Object> scale = map("aesthetic", aesthetic, "name", title);
        if (ticks != null) {
            scale.put("breaks", ticks.at());
            scale.put("labels", ticks.labels());
        }
        return scale;
    }

    // The library adds to what it is given, so maps must be mutable.
    private static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new HashMap<>();
        for (List<Object> entry : pairs(Arrays.asList(entries))) {
            map.put((String) entry.get(0), entry.get(1));
        }
        return map;
    }

    private static List<List<Object>> pairs(List<Object> entries) {
        List<List<Object>> pairs = new ArrayList<>();
        for (int i = 0; i + 1 < entries.size(); i += 2) {
            pairs.add(entries.subList(i, i + 2));
        }
        return pairs;
    }
}
