package io.stampede.scenario;

import io.stampede.internal.format.Shortened;
import io.stampede.internal.format.Times;
import io.stampede.metric.Metric;
import io.stampede.metric.Unit;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ends a run early, and fails it, once a limit has been broken over a whole window.
 *
 * @param limit what is bad: for the operations that ended within the window, or for a gauge, of which each value within the
 *     window counts
 * @param window how far back it looks; 1 s to 1 h
 * @param text as the user wrote it, such as {@code success rate < 90 % for 10s}
 * @since 0.1
 */
public record AbortRule(Limit limit, Duration window, String text) implements Serializable {

    /** The shortest window. */
    public static final Duration MIN_WINDOW = Duration.ofSeconds(1);
    /** The longest window. */
    public static final Duration MAX_WINDOW = Duration.ofHours(1);

    private static final Pattern RULE = Pattern.compile("(.+?)\\s*(<=|>=|<|>|≤|≥)\\s*(.+?)\\s+for\\s+(\\S.*)");

    /** Checks the window. */
    public AbortRule {
        if (!isWindow(window)) {
            throw new IllegalArgumentException("window must be 1 s to 1 h, but was " + Times.format(window));
        }
    }

    private static boolean isWindow(Duration window) {
        return window.compareTo(MIN_WINDOW) >= 0 && window.compareTo(MAX_WINDOW) <= 0;
    }

    /**
     * Reads a rule for a test with these gauges.
     *
     * @param text a metric, a bound and a window, such as {@code success rate < 90 % for 10s}
     * @param gauges the unit of each gauge, by its name in any letter case
     * @return the rule
     * @throws IllegalArgumentException if it is not understood, or names neither a known measure nor a gauge; the message
     *     continues the sentence {@code abortWhen = "..", but}
     */
    public static AbortRule parse(String text, Map<String, Unit> gauges) {
        Matcher matcher = RULE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "it must be a metric, a bound and a window, such as \"response time p95 > 1 s for 5s\"");
        }
        Limit limit = Limit.of(matcher.group(1), matcher.group(2), matcher.group(3), gauges);
        return new AbortRule(limit, window(matcher.group(4)), text.strip());
    }

    private static Duration window(String text) {
        try {
            Duration window = Times.parse(text);
            if (isWindow(window)) {
                return window;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new IllegalArgumentException("its window must be 1s to 1h, but was \"" + Shortened.of(text) + "\"");
    }

    /** {@return whether it is about a gauge, and not about operations} */
    public boolean isOfGauge() {
        return limit.metric() instanceof Metric.GaugeValue;
    }
}
