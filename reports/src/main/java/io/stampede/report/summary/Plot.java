package io.stampede.report.summary;

import io.stampede.internal.format.Times;
import io.stampede.report.text.Text;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** Colours that mean something; the page's style says what they look like. */
    enum Colour {
        TARGET("#0b0001", "--target"),
        ACCEPTABLE("#0b0002", "--acceptable"),
        CRITICAL("#0b0003", "--critical"),
        SHADE("#0b0004", "--shade"),
        INK("#0b0005", "currentColor");

        private final String stand;
        private final String style;

        Colour(String stand, String style) {
            this.stand = stand;
            this.style = style;
        }
    }

    private static final int SERIES = 6;
    private static final int MAX_TICKS = 7;
    private static final double FONT = 16;
    private static final int LABEL_WIDTH = 6;
    private static final String FIGURE_SPACE = "\u2007"; // as wide as a digit, and kept where it leads
    private static final Pattern COLOUR =
            Pattern.compile("rgb\\((\\d+),(\\d+),(\\d+)\\)|#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})");
    private static final Pattern ATTRIBUTE = Pattern.compile("=\"[^\"]*\"");
    private static final Map<String, String> STYLES = styles();

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

    /** Where an axis has its labels. */
    record Ticks(List<Double> at, List<String> labels) {}

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
            points.add(line, x, y);
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
                "geom", "hline", "yintercept", onScale(y), "linetype", "dashed", "color", colour.stand, "size", 0.8));
        return this;
    }

    /** A dashed line from bottom to top. */
    Plot upright(double x, Colour colour) {
        marks.add(map("geom", "vline", "xintercept", x, "linetype", "dashed", "color", colour.stand, "size", 0.8));
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
                colour.stand,
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
                colour.stand,
                "inherit_aes",
                false));
        return this;
    }

    /** Makes room for a mark; false where the axis has no place for it. */
    private boolean marked(double y) {
        if (log && y <= 0) {
            return false;
        }
        highestMark = Math.max(highestMark, y);
        lowestMark = Math.min(lowestMark, y);
        return true;
    }

    private double onScale(double y) {
        return log ? Math.log10(y) : y;
    }

    /**
     * A complete {@code <svg>} element, made for XHTML.
     *
     * @param title what it shows, for those who do not see it
     */
    String svg(String title) {
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
        Ticks ticks = log ? decades(range) : nice(range[0], range[1], MAX_TICKS - 2);
        Map<String, Object> vertical = scale("y", Text.line(yTitle, 40), new Ticks(ticks.at(), padded(ticks.labels())));
        vertical.put("limits", List.of(range[0], range[1]));
        scales.add(vertical);
        Map<String, Object> colours = map("aesthetic", "color", "name", "");
        colours.put(
                "values",
                Stream.iterate(1, i -> i + 1).limit(SERIES).map(Plot::stand).toList());
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
        return styled(svg.substring(svg.indexOf("<svg")), title);
    }

    /** To the same width, so that the time axes of charts below each other start at the same place. */
    private static List<String> padded(List<String> labels) {
        return labels.stream()
                .map(label -> FIGURE_SPACE.repeat(Math.max(0, LABEL_WIDTH - label.length())) + label)
                .toList();
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
                    Colour.SHADE.stand,
                    "color",
                    Colour.SHADE.stand,
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
                    Colour.INK.stand,
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
                scale("x", Text.line(xTitle, 80), xTicks == null ? nice(from, to, MAX_TICKS) : xTicks);
        if (Double.isFinite(xFrom)) {
            scale.put("limits", List.of(xFrom, xTo));
        }
        return scale;
    }

    /** At most about that many round numbers within a range. */
    static Ticks nice(double from, double to, int most) {
        double rough = Math.max((to - from) / most, 1e-9);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * (rough <= power ? 1 : rough <= 2 * power ? 2 : rough <= 5 * power ? 5 : 10);
        List<Double> at = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) {
            at.add(i * step);
            labels.add(label(i * step));
        }
        return new Ticks(at, labels);
    }

    private static Ticks decades(double[] range) {
        List<Double> at = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        boolean few = range[1] - range[0] < 2.2;
        for (int decade = (int) Math.floor(range[0]); decade <= range[1]; decade++) {
            for (int digit : few ? new int[] {1, 2, 5} : new int[] {1}) {
                double log = decade + Math.log10(digit);
                if (log <= range[1]) {
                    at.add(log);
                    labels.add(label(digit * Math.pow(10, decade)));
                }
            }
        }
        return new Ticks(at, labels);
    }

    private static String label(double value) {
        double size = Math.abs(value);
        if (size > 0 && size < 0.01) { // where three decimals would make neighbours the same
            return BigDecimal.valueOf(value)
                    .round(new MathContext(2))
                    .stripTrailingZeros()
                    .toPlainString();
        }
        if (size >= 1e9) {
            return Times.number(value / 1e9) + "G";
        }
        return size >= 1e6 ? Times.number(value / 1e6) + "M" : Times.number(value);
    }

    private static Map<String, Object> scale(String aesthetic, String title, Ticks ticks) {
        Map<String, Object> scale = map("aesthetic", aesthetic, "name", title);
        scale.put("breaks", ticks.at());
        scale.put("labels", ticks.labels());
        return scale;
    }

    private static String stand(int series) {
        return "#0a000" + series;
    }

    private static Map<String, String> styles() {
        Map<String, String> styles = new HashMap<>();
        for (int i = 1; i <= SERIES; i++) {
            styles.put(stand(i), "var(--s" + i + ")");
        }
        for (Colour colour : Colour.values()) {
            styles.put(colour.stand, colour.style.startsWith("--") ? "var(" + colour.style + ")" : colour.style);
        }
        styles.put("#ffffff", "none"); // backgrounds
        styles.put("#e9e9e9", "var(--grid)");
        styles.put("#474747", "currentColor");
        return Map.copyOf(styles);
    }

    /** Without its own style sheet and size, and with hundredths of a pixel at most. */
    private static String styled(String svg, String title) {
        String bare = svg.replaceFirst("(?s)<style.*?</style>", "")
                .replaceFirst(
                        "<svg xmlns=\"([^\"]*)\"[^>]*>",
                        "<svg xmlns=\"$1\" class=\"plot\" role=\"img\" viewBox=\"0 0 " + WIDTH + " " + height(svg)
                                + "\">")
                .replaceAll(">\\s+<", "><");
        String coloured = ATTRIBUTE.matcher(bare).replaceAll(attribute -> {
            String value = COLOUR.matcher(attribute.group())
                    .replaceAll(colour -> STYLES.getOrDefault(hex(colour), colour.group()));
            return Matcher.quoteReplacement(value.replaceAll("(\\.\\d\\d)\\d+", "$1"));
        });
        return coloured.replaceFirst(
                " role=\"img\"",
                Matcher.quoteReplacement(" role=\"img\" aria-label=\"" + Text.escape(Text.line(title, 120)) + "\""));
    }

    private static String height(String svg) {
        Matcher height = Pattern.compile("height=\"(\\d+)").matcher(svg);
        return height.find() ? height.group(1) : "300";
    }

    private static String hex(MatchResult colour) {
        return colour.group(1) == null
                ? colour.group()
                : String.format(
                        "#%02x%02x%02x",
                        Integer.parseInt(colour.group(1)),
                        Integer.parseInt(colour.group(2)),
                        Integer.parseInt(colour.group(3)));
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
