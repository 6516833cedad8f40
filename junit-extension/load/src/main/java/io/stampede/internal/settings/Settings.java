package io.stampede.internal.settings;

import io.stampede.internal.format.Times;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values that the user has set. Each is looked up in this order: system property, environment variable,
 * configuration parameter of the JUnit platform (from the build or {@code junit-platform.properties}); the first one found
 * wins. Immutable view of sources that may change; may be used by all threads.
 *
 * @since 0.1
 */
public final class Settings {

    private final Map<String, String> environment;
    private final Function<String, @Nullable String> properties;
    private final Function<String, Optional<String>> platform;

    /**
     * @param environment environment variables
     * @param properties system properties
     * @param platform configuration parameters of the JUnit platform
     */
    public Settings(
            Map<String, String> environment,
            Function<String, @Nullable String> properties,
            Function<String, Optional<String>> platform) {
        this.environment = environment;
        this.properties = properties;
        this.platform = platform;
    }

    /** Of this process and, while JUnit runs a test plan in it, of that plan. */
    public static Settings ofProcess() {
        return of(LaunchParameters.current()::get);
    }

    /** Of this process and a JUnit platform, given its look-up, such as {@code context::getConfigurationParameter}. */
    public static Settings of(Function<String, Optional<String>> platform) {
        return new Settings(System.getenv(), System::getProperty, platform);
    }

    /** The text that was set; blank counts as not set. */
    public Optional<String> text(Setting setting) {
        String property = properties.apply(setting.key());
        if (property != null && !property.isBlank()) {
            return Optional.of(property.strip());
        }
        String variable = environment.get(setting.variable());
        if (variable != null && !variable.isBlank()) {
            return Optional.of(variable.strip());
        }
        return platform.apply(setting.key()).filter(text -> !text.isBlank()).map(String::strip);
    }

    public Optional<Duration> duration(Setting setting) {
        return text(setting).map(text -> parse(setting, text, Times::parse));
    }

    public Optional<Double> decimal(Setting setting) {
        return text(setting).map(text -> parse(setting, text, Settings::decimal));
    }

    /** A percentage such as {@code 99%}, as a share: 0 to 1. */
    public Optional<Double> share(Setting setting) {
        return text(setting).map(text -> parse(setting, text, Settings::share));
    }

    public Optional<Long> whole(Setting setting) {
        return text(setting).map(text -> parse(setting, text, Settings::whole));
    }

    /** {@code true} or {@code false} in any letter case. */
    public Optional<Boolean> flag(Setting setting) {
        return text(setting).map(text -> parse(setting, text, Settings::flag));
    }

    /** A constant of the enum in any letter case. */
    public <E extends Enum<E>> Optional<E> choice(Setting setting, Class<E> type) {
        return text(setting).map(text -> parse(setting, text, name -> choice(name, type)));
    }

    private static double decimal(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a number such as 0.1, but was \"" + text + "\"", e);
        }
    }

    private static double share(String text) {
        String number =
                text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : "";
        try {
            double percent = Double.parseDouble(number);
            if (percent >= 0 && percent <= 100) {
                return percent / 100;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("must be a percentage from 0% to 100%, but was \"" + text + "\"");
    }

    private static long whole(String text) {
        try {
            return Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a whole number, but was \"" + text + "\"", e);
        }
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false, but was \"" + text + "\"");
        };
    }

    private static <E extends Enum<E>> E choice(String name, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(
                "must be one of " + Arrays.toString(type.getEnumConstants()) + ", but was \"" + name + "\"");
    }

    private static <T> T parse(Setting setting, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting.key() + " " + e.getMessage(), e);
        }
    }
}
