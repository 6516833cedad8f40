package io.stampede.storage.server;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A variable for each option: {@code STAMPEDE_JDBC_URL} for {@code --jdbc-url}. One that is blank counts as not set. */
final class EnvironmentDefaults implements IDefaultValueProvider {

    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String value = environment.get(variable(option.longestName()));
        // Kubernetes sets STAMPEDE_PORT=tcp://10.0.0.1:3000 where a service is called stampede.
        return value == null || value.isBlank() || value.startsWith("tcp://") ? null : value.strip();
    }

    static String variable(String option) {
        return "STAMPEDE_" + option.replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
