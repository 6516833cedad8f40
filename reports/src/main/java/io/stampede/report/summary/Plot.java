package io.stampede.report.summary;

import io.stampede.report.text.Html;
import io.stampede.report.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jetbrains.letsPlot.commons.encoding.UnsupportedRGBEncoder;
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon;
import org.jspecify.annotations.Nullable;

/**
 * One chart: lines over a numeric axis, drawn as static SVG that takes its width from the page and its colours from the
 * page's style, so that it reads on light and dark. The only class that knows the charting library.
 */
final class Plot {

    static final int WIDTH = 720;

    /** Colours that mean something; the page's style sheet says what they look like. */
    enum Colour {
        TARGET("#0b0001", "var(--target)"),
        ACCEPTABLE("#0b0002", "var(--acceptable)"),
        CRITICAL("#0b0003", "var(--critical)"),
        SHADE("#0b0004", "var(--shade)"),
        INK("#0b0005", "currentColor");

        final String placeholder;
        final String style;

        Colour(String placeholder, String style) {
            this.placeholder = placeholder;
            this.style = style;
        }
    }

    private static final int MAX_TICKS = 7;
    /** What is beyond it is drawn at it: the axis ends a little above the highest point, and must be a number too. */
    private static final double MOST = 1e300;

    private static final double FONT = 16;
    private final String xTitle;
    private final String yTitle;
    private final int height;
    private final Points lines = new Points();
    private final Points broad = new Points();
    private final Points dots = new Points();
    private final List<String> series = new ArrayList<>();
    private final List<Band> bands = new ArrayList<>();
    private final List<Name> names = new ArrayList<>();
    private final List<Map<String, Object>> marks = new ArrayList<>();
    private @Nullable Ticks xTicks;
    private boolean log;
    private double highestMark = Double.NEGATIVE_INFINITY;
    private double lowestMark = Double.POSITIVE_INFINITY;
    private double xFrom = Double.NaN;
    private double xTo = Double.NaN;

    private record Band(double from, double to) {}

    private record Name(double x, String words) {}

    private static final class Points {
        final List<Double> xs = new ArrayList<>();
        final List<Double> ys = new ArrayList<>();
        final List<String> names = new ArrayList<>();

        void add(String name, double x, double y) {
            xs.add(x);
            ys.add(y);
            names.add(name);
        }

        Map<String, Object> data(boolean log) {
            return map(
                    "x", xs, "y", ys.stream().map(y -> log ? Math.log10(y) : y).toList(), "name", names);
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

    /** Each step up is ten times the one before; what is not above zero is left out. To be said before any point. */
    Plot logarithmic() {
        log = true;
        return this;
    }

    /** Points of a line. Those that are not finite are left out. */
    Plot point(String name, double x, double y) {
        return add(lines, name, x, y);
    }

    /** Points of a broad and pale line, on which others can lie. Those that are not finite are left out. */
    Plot broad(String name, double x, double y) {
        return add(broad, name, x, y);
    }

    /** Points that no line joins. Those that are not finite are left out. */
    Plot dot(String name, double x, double y) {
        return add(dots, name, x, y);
    }

    private Plot add(Points points, String name, double x, double y) {
        if (Double.isFinite(x) && Double.isFinite(y) && (!log || y > 0)) {
            String line = Text.line(name, 60);
            if (!series.contains(line)) {
                series.add(line);
            }
            points.add(line, x, drawable(y));
        }
        return this;
    }

    boolean isEmpty() {
        return lines.xs.isEmpty() && dots.xs.isEmpty();
    }

    /** Shades a stretch of the x axis. */
    Plot shade(double from, double to) {
        bands.add(new Band(from, to));
        return this;
    }

    /** Words at the upper edge, from a place on. */
    Plot name(double x, String words) {
        names.add(new Name(x, words));
        return this;
    }

    /** A dashed line across, at a bound. */
    Plot across(double y, Colour colour) {
        if (!marked(y)) {
            return this;
        }
        marks.add(map(
                "geom",
                "hline",
                "yintercept",
                onScale(y),
                "linetype",
                "dashed",
                "color",
                colour.placeholder,
                "size",
                0.8));
        return this;
    }

    /** A dashed line from bottom to top. */
    Plot upright(double x, Colour colour) {
        marks.add(
                map("geom", "vline", "xintercept", x, "linetype", "dashed", "color", colour.placeholder, "size", 0.8));
        return this;
    }

    /** A straight line from point to point, such as a level or a trend. */
    Plot straight(double fromX, double fromY, double toX, double toY, Colour colour) {
        if (!marked(fromY) || !marked(toY)) {
            return this;
        }
        marks.add(map(
                "geom",
                "line",
                "data",
                map("x", List.of(fromX, toX), "y", List.of(onScale(fromY), onScale(toY))),
                "mapping",
                map("x", "x", "y", "y"),
                "linetype",
                "longdash",
                "size",
                1.4,
                "color",
                colour.placeholder,
                "inherit_aes",
                false));
        return this;
    }

    /** A point of its own, such as a bound at its percentile. */
    Plot diamond(double x, double y, Colour colour) {
        if (!marked(y)) {
            return this;
        }
        marks.add(map(
                "geom",
                "point",
                "data",
                map("x", List.of(x), "y", List.of(onScale(y))),
                "mapping",
                map("x", "x", "y", "y"),
                "shape",
                18,
                "size",
                8,
                "color",
                colour.placeholder,
                "inherit_aes",
                false));
        return this;
    }

    /** Makes room for a mark; false if the axis has no place for it. */
    private boolean marked(double y) {
        if (log && y <= 0) {
            return false;
        }
        highestMark = Math.max(highestMark, drawable(y));
        lowestMark = Math.min(lowestMark, drawable(y));
        return true;
    }

    private double onScale(double y) {
        return log ? Math.log10(y) : drawable(y);
    }

    private static double drawable(double y) {
        return Math.max(-MOST, Math.min(MOST, y));
    }

    /**
     * A complete {@code <svg>} element.
     *
     * @param title what it shows, for those who cannot see it
     */
    Html.Markup svg(String title) {
        double[] range = yRange();
        List<Map<String, Object>> layers = new ArrayList<>(shades(range));
        if (!broad.xs.isEmpty()) {
            layers.add(map("geom", "line", "data", broad.data(log), "size", 4.5, "alpha", 0.4));
        }
        layers.add(map("geom", "line", "size", 1.1));
        if (dots.xs.isEmpty() && lines.xs.size() <= 80) {
            layers.add(map("geom", "point", "size", 2.2));
        }
        if (!dots.xs.isEmpty()) {
            layers.add(map("geom", "point", "data", dots.data(log), "size", 2.6));
        }
        layers.addAll(marks);
        List<Map<String, Object>> scales = new ArrayList<>();
        scales.add(horizontal());
        Ticks ticks = log ? Ticks.decades(range) : Ticks.nice(range[0], range[1], MAX_TICKS - 2);
        Map<String, Object> vertical = scale("y", Text.line(yTitle, 40), ticks.padded());
        vertical.put("limits", List.of(range[0], range[1]));
        scales.add(vertical);
        Map<String, Object> colours = map("aesthetic", "color", "name", "");
        colours.put(
                "values",
                Stream.iterate(1, i -> i + 1)
                        .limit(PlotSvg.SERIES)
                        .map(PlotSvg::placeholder)
                        .toList());
        colours.put("breaks", series);
        colours.put("limits", series);
        scales.add(colours);
        Map<String, Object> font = map("name", "text", "size", FONT);
        Map<String, Object> spec = map(
                "kind",
                "plot",
                "data",
                lines.data(log),
                "mapping",
                map("x", "x", "y", "y", "color", "name"),
                "ggsize",
                map("width", WIDTH, "height", height),
                "theme",
                map("legend_position", series.size() > 1 ? "top" : "none", "text", font),
                "layers",
                layers,
                "scales",
                scales);
        String svg =
                PlotSvgExportCommon.INSTANCE.buildSvgImageFromRawSpecs(spec, null, new UnsupportedRGBEncoder(), false);
        return PlotSvg.of(svg.substring(svg.indexOf("<svg")), title);
    }

    private double[] yRange() {
        List<Double> ys = new ArrayList<>(lines.ys);
        ys.addAll(broad.ys);
        ys.addAll(dots.ys);
        double highest = Math.max(Collections.max(ys), highestMark);
        if (log) {
            double lowest = Math.floor(Math.log10(Math.min(Collections.min(ys), lowestMark)) + 1e-9);
            return new double[] {lowest, Math.max(lowest + 1, Math.log10(highest) + 0.05)};
        }
        // From zero, else a flat line with a little noise looks like a drama.
        double lowest = Math.min(0, Collections.min(ys));
        return new double[] {lowest, highest > lowest ? lowest + (highest - lowest) * 1.04 : lowest + 1};
    }

    private List<Map<String, Object>> shades(double[] range) {
        List<Map<String, Object>> shades = new ArrayList<>();
        for (Band band : bands) {
            shades.add(map(
                    "geom",
                    "rect",
                    "data",
                    map(
                            "from",
                            List.of(band.from),
                            "to",
                            List.of(band.to),
                            "bottom",
                            List.of(range[0]),
                            "top",
                            List.of(range[1])),
                    "mapping",
                    map("xmin", "from", "xmax", "to", "ymin", "bottom", "ymax", "top"),
                    "fill",
                    Colour.SHADE.placeholder,
                    "color",
                    Colour.SHADE.placeholder,
                    "size",
                    0.0,
                    "inherit_aes",
                    false));
        }
        for (Name name : names) {
            shades.add(map(
                    "geom",
                    "text",
                    "data",
                    map(
                            "x",
                            List.of(name.x),
                            "y",
                            List.of(range[1]),
                            "label",
                            List.of(" " + Text.line(name.words, 60))),
                    "mapping",
                    map("x", "x", "y", "y", "label", "label"),
                    "hjust",
                    0.0,
                    "vjust",
                    1.2,
                    "color",
                    Colour.INK.placeholder,
                    "inherit_aes",
                    false));
        }
        return shades;
    }

    private Map<String, Object> horizontal() {
        List<Double> xs = new ArrayList<>(lines.xs);
        xs.addAll(broad.xs);
        xs.addAll(dots.xs);
        double from = Double.isFinite(xFrom) ? xFrom : Collections.min(xs);
        double to = Double.isFinite(xTo) ? xTo : Collections.max(xs);
        Map<String, Object> scale =
                scale("x", Text.line(xTitle, 80), xTicks == null ? Ticks.nice(from, to, MAX_TICKS) : xTicks);
        if (Double.isFinite(xFrom)) {
            scale.put("limits", List.of(xFrom, xTo));
        }
        return scale;
    }

    private static Map<String, Object> scale(String aesthetic, String title, Ticks ticks) {
        Map<String, Object> scale = map("aesthetic", aesthetic, "name", title);
        scale.put("breaks", ticks.at());
        scale.put("labels", ticks.labels());
        return scale;
    }

    // The library adds to what it is given, so maps must be mutable.
    private static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i + 1 < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }
}
