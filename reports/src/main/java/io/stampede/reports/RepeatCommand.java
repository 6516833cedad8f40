package io.stampede.reports;

import io.stampede.result.LoadResult;
import io.stampede.scenario.Scenario;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command that runs one load test again with the same seed, size and environment, for a project whose load tests run
 * under Failsafe. Everything in it is quoted for a POSIX shell.
 */
final class RepeatCommand {

    /** What can be a class and its method; names of load tests in code may be anything. */
    private static final Pattern TEST = Pattern.compile("(" + name() + ")\\.(" + name() + ")");

    private static final Pattern ENVIRONMENT = Pattern.compile("(containers|embedded|external)\\b");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._=/:,@%+-]+");

    private RepeatCommand() {}

    private static String name() {
        return "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*";
    }

    /**
     * One line. It names the test where the scenario's name is that of a class and its method, as annotated ones have
     * it; else all load tests run again, with the same seed and size.
     */
    static String of(LoadResult result) {
        Scenario scenario = result.scenario();
        StringBuilder command = new StringBuilder("mvn verify");
        Matcher test = TEST.matcher(scenario.name());
        if (test.matches()) {
            add(command, "it.test", test.group(1) + "#" + test.group(2));
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
