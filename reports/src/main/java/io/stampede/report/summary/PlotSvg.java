package io.stampede.report.summary;

import io.stampede.report.text.Html;
import io.stampede.report.text.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The charting library's SVG, made to fit into a page: as wide as the page, and in the colours of the page's style sheet.
 * The library is given colours that stand for others, and these are replaced here.
 */
final class PlotSvg {

    /** How many lines of a chart have colours of their own. */
    static final int SERIES = 6;

    private static final Pattern COLOUR =
            Pattern.compile("rgb\\((\\d+),(\\d+),(\\d+)\\)|#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})");
    private static final Pattern ATTRIBUTE = Pattern.compile("=\"[^\"]*\"");
    private static final Pattern HEIGHT = Pattern.compile("height=\"(\\d+)");
    private static final Map<String, String> STYLES = styles();

    private PlotSvg() {}

    /** @param series from 1 to {@link #SERIES} */
    static String placeholder(int series) {
        return "#0a000" + series;
    }

    private static Map<String, String> styles() {
        Map<String, String> styles = new HashMap<>();
        for (int i = 1; i <= SERIES; i++) {
            styles.put(placeholder(i), "var(--s" + i + ")");
        }
        for (Plot.Colour colour : Plot.Colour.values()) {
            styles.put(colour.placeholder, colour.style);
        }
        styles.put("#ffffff", "none"); // backgrounds
        styles.put("#e9e9e9", "var(--grid)");
        styles.put("#474747", "currentColor");
        return Map.copyOf(styles);
    }

    /** Without a style sheet and a size of its own, and with hundredths of a pixel at most. */
    static Html.Markup of(String svg, String title) {
        String bare = svg.replaceFirst("(?s)<style.*?</style>", "")
                .replaceAll(">\\s+", ">")
                .replaceAll("\\s+<", "<");
        String coloured = ATTRIBUTE.matcher(bare).replaceAll(attribute -> {
            String value = COLOUR.matcher(attribute.group())
                    .replaceAll(colour -> STYLES.getOrDefault(hex(colour), colour.group()));
            return Matcher.quoteReplacement(value.replaceAll("(\\.\\d\\d)\\d+", "$1"));
        });
        return new Html.Markup(coloured.replaceFirst("<svg [^>]*>", Matcher.quoteReplacement(start(svg, title))));
    }

    /** The start tag, which is that of an element without content but for its end. */
    private static String start(String svg, String title) {
        Matcher height = HEIGHT.matcher(svg);
        String element = new Html()
                .open("svg")
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("class", "plot")
                .with("role", "img")
                .with("aria-label", Text.line(title, 120))
                .with("viewBox", "0 0 " + Plot.WIDTH + " " + (height.find() ? height.group(1) : "300"))
                .close("svg")
                .toString();
        return element.substring(0, element.length() - "</svg>".length());
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
}
