package io.stampede.benchmarks;

import io.stampede.internal.engine.Threads;
import io.stampede.internal.format.Times;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The options of one benchmark, {@code --name value} each. All are read, then {@link #end} refuses what is left. */
final class Arguments {

    private final String command;
    private final Map<String, String> given = new LinkedHashMap<>();
    private final StringJoiner known = new StringJoiner(", ").setEmptyValue("no options");

    Arguments(String command, List<String> options) {
        this.command = command;
        for (int i = 0; i < options.size(); i += 2) {
            String name = options.get(i);
            if (!name.startsWith("--") || i + 1 == options.size()) {
                throw new UsageException(command + ": options are pairs such as --rounds 5, but there was \"" + name
                        + "\"" + (i + 1 == options.size() ? " without a value" : ""));
            }
            if (given.put(name, options.get(i + 1)) != null) {
                throw new UsageException(command + ": " + name + " was given twice");
            }
        }
    }

    int whole(String name, int standard, int least, int most) {
        return one(name, standard, text -> parsedWhole(name, text, least, most));
    }

    List<Integer> wholes(String name, String standard, int least, int most) {
        return all(name, standard, text -> parsedWhole(name, text, least, most));
    }

    Duration duration(String name, Duration standard, Duration least, Duration most) {
        return one(name, standard, text -> parsedDuration(name, text, least, most));
    }

    List<Duration> durations(String name, String standard, Duration least, Duration most) {
        return all(name, standard, text -> parsedDuration(name, text, least, most));
    }

    String text(String name, String standard) {
        return one(name, standard, text -> text);
    }

    Pattern pattern(String name, String standard) {
        String text = text(name, standard);
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw refused(name, "must be a regular expression", text);
        }
    }

    /** A constant of the enum in any letter case. */
    <E extends Enum<E>> E choice(String name, E standard) {
        Class<E> type = standard.getDeclaringClass();
        return one(name, standard, text -> {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equalsIgnoreCase(text)) {
                    return constant;
                }
            }
            throw refused(
                    name,
                    "must be one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT),
                    text);
        });
    }

    /** What kind of thread runs Stampede's operations. */
    Threads kind() {
        Threads kind = choice("--kind", Threads.AUTO);
        if (kind == Threads.VIRTUAL && !Surroundings.HAS_VIRTUAL_THREADS) {
            throw new UsageException(command + ": --kind virtual needs JDK 21 or later, but this is JDK "
                    + Runtime.version().feature());
        }
        return kind;
    }

    /** Called when all options were read. */
    void end() {
        for (String name : given.keySet()) {
            throw new UsageException(command + ": unknown option " + name + "; it takes " + known);
        }
    }

    private <T> T one(String name, T standard, Function<String, T> parser) {
        String text = take(name);
        return text == null ? standard : parser.apply(text);
    }

    private <T> List<T> all(String name, String standard, Function<String, T> parser) {
        String text = take(name);
        return Arrays.stream((text == null ? standard : text).split(",", -1))
                .map(String::strip)
                .map(parser)
                .toList();
    }

    private @Nullable String take(String name) {
        known.add(name);
        return given.remove(name);
    }

    private int parsedWhole(String name, String text, int least, int most) {
        try {
            int value = Integer.parseInt(text.replace("_", ""));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Refused below, as one out of bounds is.
        }
        throw refused(name, String.format(Locale.ROOT, "must be %,d to %,d", least, most), text);
    }

    private Duration parsedDuration(String name, String text, Duration least, Duration most) {
        try {
            Duration value = Times.parse(text);
            if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            // Refused below, as one out of bounds is.
        }
        throw refused(name, "must be " + Times.format(least) + " to " + Times.format(most), text);
    }

    private UsageException refused(String name, String rule, String actual) {
        return new UsageException(command + ": " + name + " " + rule + ", but was " + actual);
    }
}
