package io.stampede.internal.junit.storage;

import io.stampede.internal.settings.Setting;
import io.stampede.internal.settings.SettingCatalog;
import java.util.List;

/** The settings of {@code @StorageOptimizerTest}. */
public final class StorageSettings implements SettingCatalog {
    public static final Setting ENVIRONMENT = new Setting(
            "stampede.environment",
            "",
            "What the storage runs on: auto, containers, embedded or external; overrides the annotation.");
    public static final Setting POSTGRES_IMAGE =
            new Setting("stampede.image.postgres", "pgvector/pgvector:pg17", "The image of Postgres in containers.");
    public static final Setting OLLAMA_IMAGE =
            new Setting("stampede.image.ollama", "ollama/ollama:0.12.6", "The image of Ollama in containers.");
    public static final Setting IMAGE_TIMEOUT = new Setting(
            "stampede.image.timeout",
            "5min",
            "How long an image, or Ollama's model, may take to be pulled, and a container to start.");
    public static final Setting DOCKER_TIMEOUT = new Setting(
            "stampede.docker.timeout",
            "10s",
            "How long Docker may take for one answer, such as to create a container, before it counts as not there.");
    public static final Setting JDBC_URL = new Setting(
            "stampede.jdbc.url", "", "The external Postgres, such as jdbc:postgresql://host:5432/loadtest.");
    public static final Setting JDBC_USERNAME = new Setting(
            "stampede.jdbc.username", "", "The user of the external Postgres; empty for what the URL says.");
    public static final Setting JDBC_PASSWORD = new Setting(
            "stampede.jdbc.password", "", "The password of the external Postgres; empty for what the URL says.");
    public static final Setting OLLAMA_URL =
            new Setting("stampede.ollama.url", "", "The external Ollama, such as http://host:11434.");
    public static final Setting OLLAMA_THREADS = new Setting(
            "stampede.ollama.threads",
            "",
            "Texts the embedded Ollama computes at once, 1 to 64; by default a quarter of the cores.");
    public static final Setting EXTERNAL_RESET = new Setting(
            "stampede.external.reset",
            "false",
            "Whether the storage's tables in the external Postgres are emptied before each test: all conversations in"
                    + " them are deleted.");

    @Override
    public List<Setting> settings() {
        return List.of(
                ENVIRONMENT,
                POSTGRES_IMAGE,
                OLLAMA_IMAGE,
                IMAGE_TIMEOUT,
                DOCKER_TIMEOUT,
                JDBC_URL,
                JDBC_USERNAME,
                JDBC_PASSWORD,
                OLLAMA_URL,
                OLLAMA_THREADS,
                EXTERNAL_RESET);
    }
}
