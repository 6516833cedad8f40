package io.stampede.scenario;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many operations become due per second.
 *
 * @param perSecond operations per second, more than 0 and at most 10 million
 * @since 0.1
 */
public record Rate(double perSecond) implements Serializable {

    private static final double MOST = 1e7;
    private static final Pattern RATE = Pattern.compile("(\\d{1,3}(?:,\\d{3}){1,4}|\\d{1,12})(\\.\\d{1,9})?\\s*"
            + "(?:ops?|operations?)?\\s*(?:/|per )\\s*(s|sec|second|m|min|minute|h|hour)");

    /** Checks the bounds. */
    public Rate {
        if (!(perSecond > 0 && perSecond <= MOST)) {
            throw new IllegalArgumentException("perSecond must be > 0 and <= 10,000,000, but was " + perSecond);
        }
    }

    /**
     * {@return so many operations a second}
     *
     * @param operations more than 0 and at most 10 million
     */
    public static Rate perSecond(double operations) {
        return new Rate(operations);
    }

    /**
     * {@return so many operations a minute}
     *
     * @param operations more than 0 and at most 600 million
     */
    public static Rate perMinute(double operations) {
        return new Rate(operations / 60);
    }

    /**
     * {@return so many operations an hour}
     *
     * @param operations more than 0 and at most 36 billion
     */
    public static Rate perHour(double operations) {
        return new Rate(operations / 3600);
    }

    /**
     * {@return a rate as people write it: {@code 200/s}, {@code 0.5/s}, {@code 30/min}, {@code 1000 ops/h}}
     *
     * @param text a number and a unit of time
     * @throws IllegalArgumentException if the text is not a rate, or one that is not allowed; the message says what one
     *     looks like
     */
    public static Rate parse(String text) {
        Matcher matcher = RATE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "must be a rate such as 200/s, 30/min or 1000/h, but was \"" + text + "\"");
        }
        String fraction = matcher.group(2) == null ? "" : matcher.group(2);
        double perUnit = Double.parseDouble(matcher.group(1).replace(",", "") + fraction);
        double perSecond = perUnit / seconds(matcher.group(3));
        if (!(perSecond > 0 && perSecond <= MOST)) {
            throw new IllegalArgumentException(
                    "must be more than 0 and at most 10,000,000/s, but was \"" + text + "\"");
        }
        return new Rate(perSecond);
    }

    private static double seconds(String unit) {
        return switch (unit.charAt(0)) {
            case 's' -> 1;
            case 'm' -> 60;
            default -> 3600;
        };
    }
}
