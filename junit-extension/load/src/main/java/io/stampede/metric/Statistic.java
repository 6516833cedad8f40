package io.stampede.metric;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which single number stands for many. Text is parsed here, once, and from then on compared as a value, so that {@code
 * p95.0} is {@code p95}.
 *
 * @since 0.1
 */
public sealed interface Statistic extends Serializable {

    /** The lowest value. */
    Statistic MIN = Named.MIN;
    /** The highest value. */
    Statistic MAX = Named.MAX;
    /** The arithmetic mean. */
    Statistic MEAN = Named.MEAN;
    /** The value that was read last; only gauges have it. */
    Statistic LAST = Named.LAST;
    /**
     * What a gauge is judged by if no statistic is named: the value after recovery in scenarios that have one; otherwise the
     * highest value by an upper bound, and the lowest by a lower bound.
     */
    Statistic OWN = Named.OWN;

    /** {@return the text that tables and targets use, such as {@code p95} or {@code max}; empty for {@link #OWN}} */
    String label();

    /**
     * {@return the statistic for the smallest value that this many percent of all values do not exceed}
     *
     * @param percent more than 0, at most 100
     */
    static Statistic percentile(double percent) {
        return new Percentile(percent);
    }

    /**
     * Reads {@code p50}, {@code p99.9}, {@code min}, {@code max}, {@code mean} or {@code last}, in any letter case.
     *
     * @param text of one word
     * @return empty if the text is none of these
     */
    static Optional<Statistic> parse(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        for (Named named : Named.values()) {
            if (named != Named.OWN && named.label().equals(name)) {
                return Optional.of(named);
            }
        }
        if (!Percentile.TEXT.matcher(name).matches()) {
            return Optional.empty();
        }
        double percent = Double.parseDouble(name.substring(1));
        return percent > 0 ? Optional.of(percentile(percent)) : Optional.empty();
    }

    /**
     * The smallest value that at least {@code percent} percent of all values do not exceed (nearest rank).
     *
     * @param percent more than 0, at most 100
     * @since 0.1
     */
    record Percentile(double percent) implements Statistic {

        private static final Pattern TEXT = Pattern.compile("p\\d{1,2}(\\.\\d{1,3})?");

        /** Checks the range. */
        public Percentile {
            if (!(percent > 0 && percent <= 100)) {
                throw new IllegalArgumentException("percent must be > 0 and <= 100, but was " + percent);
            }
        }

        @Override
        public String label() {
            return "p" + BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
        }
    }

    /**
     * A statistic that has no number of its own.
     *
     * @since 0.1
     */
    enum Named implements Statistic {
        /** As {@link Statistic#MIN}. */
        MIN,
        /** As {@link Statistic#MAX}. */
        MAX,
        /** As {@link Statistic#MEAN}. */
        MEAN,
        /** As {@link Statistic#LAST}. */
        LAST,
        /** As {@link Statistic#OWN}. */
        OWN;

        @Override
        public String label() {
            return this == OWN ? "" : name().toLowerCase(Locale.ROOT);
        }
    }
}
