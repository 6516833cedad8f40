package io.stampede.junit.storage;

import io.stampede.internal.format.Times;
import io.stampede.internal.junit.storage.StorageSettings;
import io.stampede.internal.settings.Setting;
import io.stampede.internal.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All that decides which services a class needs.
 *
 * @param chosenBy why it is this environment, for the reader
 */
record EnvironmentConfig(
        Environment environment,
        String chosenBy,
        String postgresImage,
        String ollamaImage,
        Duration imageTimeout,
        Duration dockerTimeout,
        Optional<External> external,
        int ollamaThreads,
        boolean externalReset) {

    /** The services of others. */
    record External(String jdbcUrl, String username, String password, URI ollamaUrl) {
        /** Without the password. */
        @Override
        public String toString() {
            return "External[ollamaUrl=" + ollamaUrl + "]";
        }
    }

    /**
     * The annotation's choice, overridden by the settings.
     *
     * @throws IllegalArgumentException naming the setting that makes no sense
     */
    static EnvironmentConfig of(Environment annotated, Settings settings) {
        Optional<Environment> set = settings.choice(StorageSettings.ENVIRONMENT, Environment.class);
        Environment environment = set.orElse(annotated);
        Optional<External> external =
                environment == Environment.EXTERNAL ? Optional.of(external(settings)) : Optional.empty();
        return new EnvironmentConfig(
                environment,
                set.isPresent() ? "asked for by stampede.environment" : "asked for by @StorageOptimizerTest",
                text(settings, StorageSettings.POSTGRES_IMAGE),
                text(settings, StorageSettings.OLLAMA_IMAGE),
                duration(settings, StorageSettings.IMAGE_TIMEOUT),
                duration(settings, StorageSettings.DOCKER_TIMEOUT),
                external,
                settings.whole(StorageSettings.OLLAMA_THREADS, 1, 64)
                        .map(Math::toIntExact)
                        .orElse(0),
                settings.flag(StorageSettings.EXTERNAL_RESET).orElse(false));
    }

    EnvironmentConfig resolved(Environment choice, String reason) {
        return new EnvironmentConfig(
                choice,
                reason,
                postgresImage,
                ollamaImage,
                imageTimeout,
                dockerTimeout,
                external,
                ollamaThreads,
                externalReset);
    }

    /** Equal for classes that share their services: the reason makes no difference. */
    EnvironmentConfig key() {
        return resolved(environment, "");
    }

    /** The mode and why it was chosen, such as {@code embedded: Docker is not there}. */
    String description() {
        return environment.name().toLowerCase(Locale.ROOT) + ": " + chosenBy;
    }

    /** What else of it changes what is measured, so that runs on others are not compared; no user names, no passwords. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        switch (environment) {
            case CONTAINERS -> {
                facts.put("Postgres image", postgresImage);
                facts.put("Ollama image", ollamaImage);
            }
            case EXTERNAL ->
                external.ifPresent(services -> {
                    facts.put("Postgres at", place(services.jdbcUrl()));
                    facts.put("Ollama at", place(services.ollamaUrl().toString()));
                });
            default -> {
                if (ollamaThreads > 0) {
                    facts.put("Ollama threads", Integer.toString(ollamaThreads));
                }
            }
        }
        return facts;
    }

    /** A URL without user, password and parameters. */
    private static String place(String url) {
        return url.replaceFirst("[?#].*", "").replaceFirst("//.*@", "//");
    }

    private static External external(Settings settings) {
        String jdbcUrl = required(settings, StorageSettings.JDBC_URL);
        String ollamaUrl = required(settings, StorageSettings.OLLAMA_URL);
        try {
            return new External(
                    jdbcUrl,
                    settings.text(StorageSettings.JDBC_USERNAME).orElse(""),
                    settings.text(StorageSettings.JDBC_PASSWORD).orElse(""),
                    URI.create(ollamaUrl));
        } catch (IllegalArgumentException e) {
            throw StorageSettings.OLLAMA_URL.error(ollamaUrl, "it must be a URL such as http://host:11434", e);
        }
    }

    private static String required(Settings settings, Setting setting) {
        return settings.text(setting)
                .orElseThrow(() -> new IllegalArgumentException("The environment EXTERNAL needs " + setting.key()
                        + ", which is not set. " + setting.description() + " Set it with -D" + setting.key()
                        + "=.., as " + setting.variable() + " or in junit-platform.properties."));
    }

    private static String text(Settings settings, Setting setting) {
        return settings.text(setting).orElse(setting.defaultValue());
    }

    private static Duration duration(Settings settings, Setting setting) {
        return settings.positiveDuration(setting).orElseGet(() -> Times.parse(setting.defaultValue()));
    }
}
