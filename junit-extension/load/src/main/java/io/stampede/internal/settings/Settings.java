package io.stampede.internal.settings;

import io.stampede.internal.format.Shortened;
import io.stampede.internal.format.Times;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The values that the user has set. Each is looked up in this order: system property, environment variable,
 * configuration parameter of the JUnit platform (from the build or {@code junit-platform.properties}); the first one found
 * wins. Immutable view of sources that may change; may be used by all threads.
 *
 * @since 0.1
 */
public final class Settings {

    private static final String DURATION = "a duration such as 50ms, 5s, 1.5min or 2h";
    private static final String WHOLE = "a whole number";
    private static final List<Map.Entry<String, Long>> UNITS = List.of(
            Map.entry("d", 86_400_000_000_000L),
            Map.entry("h", 3_600_000_000_000L),
            Map.entry("min", 60_000_000_000L),
            Map.entry("s", 1_000_000_000L),
            Map.entry("ms", 1_000_000L),
            Map.entry("us", 1_000L),
            Map.entry("ns", 1L));

    private final Map<String, String> environment;
    private final Function<String, @Nullable String> properties;
    private final Function<String, Optional<String>> platform;
    private final Map<String, String> own;

    /** What was set, and where, as it stands behind the value in a message. */
    private record Found(String text, String source) {}

    /**
     * @param environment environment variables
     * @param properties system properties
     * @param platform configuration parameters of the JUnit platform
     */
    public Settings(
            Map<String, String> environment,
            Function<String, @Nullable String> properties,
            Function<String, Optional<String>> platform) {
        this(environment, properties, platform, Map.of());
    }

    private Settings(
            Map<String, String> environment,
            Function<String, @Nullable String> properties,
            Function<String, Optional<String>> platform,
            Map<String, String> own) {
        this.environment = environment;
        this.properties = properties;
        this.platform = platform;
        this.own = own;
    }

    /** Of this process and, while JUnit runs a test plan in it, of that plan. */
    public static Settings ofProcess() {
        return of(LaunchParameters.current()::get);
    }

    /** Of this process and a JUnit platform, given its look-up, such as {@code context::getConfigurationParameter}. */
    public static Settings of(Function<String, Optional<String>> platform) {
        return new Settings(System.getenv(), System::getProperty, platform);
    }

    /** These, and values that count if nobody has set anything else. */
    public Settings orElse(Map<String, String> values) {
        return new Settings(environment, properties, platform, Map.copyOf(values));
    }

    /** The text that was set; blank counts as not set. */
    public Optional<String> text(Setting setting) {
        return find(setting).map(Found::text);
    }

    /** A path, which need not exist. */
    public Optional<Path> path(Setting setting) {
        return read(setting, "a path", Path::of);
    }

    private Optional<Found> find(Setting setting) {
        return found(properties.apply(setting.key()), "system property, as by -D on the command line")
                .or(() -> found(environment.get(setting.variable()), "environment variable " + setting.variable()))
                .or(() -> found(platform.apply(setting.key()).orElse(null), "configuration parameter of JUnit"))
                .or(() -> found(own.get(setting.key()), "set in code"));
    }

    private static Optional<Found> found(@Nullable String text, String source) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(new Found(text.strip(), source));
    }

    public Optional<Duration> duration(Setting setting) {
        return read(setting, DURATION, Times::parse);
    }

    /** A duration within bounds. */
    public Optional<Duration> duration(Setting setting, Duration least, Duration most) {
        return read(
                setting,
                DURATION,
                Times::parse,
                value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                written(least) + " to " + written(most));
    }

    /** A duration that is not zero. */
    public Optional<Duration> positiveDuration(Setting setting) {
        return read(setting, DURATION, Times::parse, value -> !value.isZero(), "more than 0");
    }

    /** A number above zero. */
    public Optional<Double> positiveDecimal(Setting setting, double most) {
        return read(
                setting,
                "a number such as 0.1",
                Double::valueOf,
                value -> value > 0 && value <= most,
                "more than 0 and at most " + Times.number(most));
    }

    /** A percentage such as {@code 99%}, as a share: 0 to 1. */
    public Optional<Double> share(Setting setting) {
        return read(setting, "a percentage from 0% to 100%", Settings::share);
    }

    public Optional<Long> whole(Setting setting) {
        return read(setting, WHOLE, Settings::whole);
    }

    /** A whole number within bounds. */
    public Optional<Long> whole(Setting setting, long least, long most) {
        return read(
                setting,
                WHOLE,
                Settings::whole,
                value -> value >= least && value <= most,
                String.format(Locale.ROOT, "%,d to %,d", least, most));
    }

    /** {@code true} or {@code false} in any letter case. */
    public Optional<Boolean> flag(Setting setting) {
        return read(setting, "true or false", Settings::flag);
    }

    /** A constant of the enum in any letter case. */
    public <E extends Enum<E>> Optional<E> choice(Setting setting, Class<E> type) {
        return choice(setting, List.of(type.getEnumConstants()));
    }

    /** One of these constants in any letter case. */
    public <E extends Enum<E>> Optional<E> choice(Setting setting, List<E> constants) {
        List<String> names = constants.stream()
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        int last = names.size() - 1;
        String rule = String.join(", ", names.subList(0, last)) + " or " + names.get(last);
        return read(setting, rule, name -> choice(name, constants));
    }

    private static double share(String text) {
        if (text.endsWith("%")) {
            double percent =
                    Double.parseDouble(text.substring(0, text.length() - 1).strip());
            if (percent >= 0 && percent <= 100) {
                return percent / 100;
            }
        }
        throw new IllegalArgumentException(text);
    }

    private static long whole(String text) {
        return Long.parseLong(text.replace("_", ""));
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static <E extends Enum<E>> E choice(String name, List<E> constants) {
        return constants.stream()
                .filter(constant -> constant.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name));
    }

    private <T> Optional<T> read(Setting setting, String form, Function<String, T> parser) {
        return read(setting, form, parser, value -> true, form);
    }

    private <T> Optional<T> read(
            Setting setting, String form, Function<String, T> parser, Predicate<T> within, String bounds) {
        Optional<Found> set = find(setting);
        if (set.isEmpty()) {
            return Optional.empty();
        }
        Found found = set.get();
        String shown = Shortened.of(found.text()) + " (" + found.source() + ")";
        T value;
        try {
            value = parser.apply(found.text());
        } catch (IllegalArgumentException e) {
            throw setting.error(shown, "it must be " + form, e);
        }
        if (!within.test(value)) {
            throw setting.error(shown, "it must be " + bounds, null);
        }
        return Optional.of(value);
    }

    /** As users write it: {@code 10ms}, {@code 1h}. */
    private static String written(Duration duration) {
        long nanos = duration.toNanos();
        for (Map.Entry<String, Long> unit : UNITS) {
            if (nanos > 0 && nanos % unit.getValue() == 0) {
                return nanos / unit.getValue() + unit.getKey();
            }
        }
        return nanos + "ms"; // nothing at all
    }
}
