package io.stampede.internal.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 50ms}, {@code 5s}, {@code 1.5 min}, {@code 2h}.
 *
 * @since 0.1
 */
public final class Times {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)\\s*(ns|us|µs|ms|s|min|m|h|d)");

    private Times() {}

    /**
     * @throws IllegalArgumentException where the text is no duration; the message says what one looks like
     */
    public static Duration parse(String text) {
        Matcher matcher = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "must be a duration such as 50ms, 5s, 1.5min or 2h, but was \"" + text + "\"");
        }
        BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(nanosPer(matcher.group(2))));
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("must be a duration below 292 years, but was \"" + text + "\"");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    private static long nanosPer(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "min", "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 86_400_000_000_000L;
        };
    }

    /** Three significant digits and a unit: {@code 1.23 ms}, {@code 45 s}, {@code 2 min 5 s}. */
    public static String format(Duration duration) {
        return formatNanos((double) duration.toNanos());
    }

    /** As {@link #format}, from nanoseconds. */
    public static String formatNanos(double nanos) {
        double size = Math.abs(nanos);
        if (!Double.isFinite(nanos)) {
            return Double.isNaN(nanos) ? "? ns" : number(nanos);
        }
        if (size < 999.5) {
            return number(nanos) + " ns";
        }
        if (size < 999.5e3) {
            return number(nanos / 1e3) + " us";
        }
        if (size < 999.5e6) {
            return number(nanos / 1e6) + " ms";
        }
        if (size < 120e9) {
            return number(nanos / 1e9) + " s";
        }
        if (nanos < 0) {
            return "-" + formatNanos(size);
        }
        if (size >= 1e20) { // more minutes than anybody counts
            return number(nanos / 3.6e12) + " h";
        }
        long seconds = Math.round(nanos / 1e9);
        if (seconds < 7200) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        long minutes = seconds / 60;
        return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }

    /** A number with three significant digits below a thousand and none after the point above it; NaN is "?". */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "?";
        }
        double size = Math.abs(value);
        if (Double.isInfinite(value)) {
            return value > 0 ? "infinity" : "-infinity";
        }
        if (size > Long.MAX_VALUE) {
            return String.format(Locale.ROOT, "%.2e", value).replace("e+", "e");
        }
        if (size >= 1000) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : strip(rounded);
    }

    /** Percent as people read it. Cut and not rounded: 99.9996 % must not look like all. */
    public static String percent(double percent) {
        if (Double.isNaN(percent) || Math.abs(percent) > Long.MAX_VALUE) {
            return unlessInfinite(number(percent), percent, " %");
        }
        BigDecimal cut = BigDecimal.valueOf(percent).setScale(3, RoundingMode.DOWN);
        return (cut.signum() == 0 ? "0" : strip(cut)) + " %";
    }

    /** A share as percent, without what multiplying adds: 0.07 is 7, and not 7.000000000000001. */
    public static double percentOfShare(double share) {
        return Double.isFinite(share)
                ? BigDecimal.valueOf(share).movePointRight(2).doubleValue()
                : share;
    }

    /** Bytes in the binary unit that suits their size: {@code 512 B}, {@code 12.5 MiB}. */
    public static String bytes(double bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        int unit = 0;
        double size = bytes;
        while (Math.abs(size) >= 999.5 && unit < units.length - 1) {
            size /= 1024;
            unit++;
        }
        return unlessInfinite(number(size), size, " " + units[unit]);
    }

    private static String unlessInfinite(String number, double value, String unit) {
        return Double.isInfinite(value) ? number : number + unit;
    }

    private static String strip(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }

    /** In seconds. */
    public static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
