package io.stampede.report.text;

import io.stampede.result.LoadResult;
import io.stampede.scenario.Scenario;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The command that runs one load test again with the same seed, size and environment, for a project whose load tests run
 * under Failsafe. Everything in it is quoted for a POSIX shell.
 */
public final class RepeatCommand {

    private static final Pattern ENVIRONMENT = Pattern.compile("(containers|embedded|external)\\b");
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9._=/:,@%+#-]+"); // # begins a comment only where a word begins

    private RepeatCommand() {}

    /**
     * One line.
     *
     * @param test as {@code package.Outer$Inner#method}; null if it is not known, and then all load tests run again
     */
    public static String of(LoadResult result, @Nullable String test) {
        Scenario scenario = result.scenario();
        StringBuilder command = new StringBuilder("mvn verify");
        if (test != null) {
            add(command, "it.test", test.substring(test.lastIndexOf('.', test.indexOf('#')) + 1));
            add(command, "failsafe.failIfNoSpecifiedTests", "false"); // in the other modules
        }
        add(command, "stampede.seed", Long.toString(scenario.seed()));
        BigDecimal scale = BigDecimal.valueOf(scenario.scale()).stripTrailingZeros();
        add(command, "stampede.scale", scale.toPlainString());
        Matcher environment = ENVIRONMENT.matcher(
                result.facts().getOrDefault("environment", "").toLowerCase(Locale.ROOT));
        if (environment.lookingAt()) {
            add(command, "stampede.environment", environment.group(1));
        }
        return command.toString();
    }

    private static void add(StringBuilder command, String key, String value) {
        command.append(' ').append(quoted("-D" + key + "=" + value));
    }

    /** One word of a POSIX shell, whatever is in it. */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
