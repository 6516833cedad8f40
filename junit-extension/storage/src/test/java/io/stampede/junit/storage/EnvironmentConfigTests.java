package io.stampede.junit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.internal.junit.storage.StorageSettings;
import io.stampede.internal.settings.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentConfigTests {

    @Test
    void namesExternalServicesWithoutTheirPasswords() {
        EnvironmentConfig config = config(Map.of(
                "stampede.environment", "external",
                "stampede.jdbc.url", "jdbc:postgresql://ann:secret@db.test:5433/shop?user=ann&password=secret",
                "stampede.jdbc.password", "secret",
                "stampede.ollama.url", "http://ann:secret@ollama.test:11434"));

        assertThat(config.facts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Postgres at", "jdbc:postgresql://db.test:5433/shop", "Ollama at", "http://ollama.test:11434"));
    }

    @Test
    void namesTheImagesOfContainersAndTheThreadsOfTheEmbeddedOllama() {
        assertThat(config(Map.of("stampede.environment", "containers", "stampede.image.postgres", "my/postgres:1"))
                        .facts())
                .containsOnly(
                        Map.entry("Postgres image", "my/postgres:1"),
                        Map.entry("Ollama image", StorageSettings.OLLAMA_IMAGE.defaultValue()));
        assertThat(config(Map.of("stampede.environment", "embedded", "stampede.ollama.threads", "3"))
                        .facts())
                .containsOnly(Map.entry("Ollama threads", "3"));
        assertThat(config(Map.of("stampede.environment", "embedded")).facts()).isEmpty();
    }

    private static EnvironmentConfig config(Map<String, String> settings) {
        return EnvironmentConfig.of(Environment.AUTO, Settings.of(key -> Optional.ofNullable(settings.get(key))));
    }
}
