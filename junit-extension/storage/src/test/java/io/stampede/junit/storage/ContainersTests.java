package io.stampede.junit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stampede.internal.settings.Settings;
import io.stampede.junit.storage.StorageTestCases.ContainersTestCase;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.testcontainers.DockerClientFactory;

class ContainersTests {
    /** Built by docker/README.md; where it is not there, the real one is tried. */
    private static final String EMBEDDED_OLLAMA = "stampede/embedded-ollama:latest";

    @Test
    void containersStoreEmbedAndFindAndAreGoneAfterwards() {
        DockerImages images = new DockerImages();
        Map<String, String> parameters = Map.of("stampede.image.timeout", "2min");
        assumeTrue(
                images.obstacle(config(Map.of(
                                "stampede.image.ollama", "pgvector/pgvector:pg17", "stampede.image.timeout", "2min")))
                        .isEmpty(),
                "Docker has no Postgres");
        if (images.isHere(EMBEDDED_OLLAMA)) {
            parameters = Map.of("stampede.image.ollama", EMBEDDED_OLLAMA);
        }
        Optional<String> obstacle = images.obstacle(config(parameters));
        assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));

        EngineExecutionResults results = StorageOptimizerTests.run(parameters, ContainersTestCase.class);

        results.allEvents().failed().assertEventsMatchExactly();
        results.testEvents().assertStatistics(stats -> stats.succeeded(1));
        assertThat(DockerClientFactory.lazyClient()
                        .listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of(
                                DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID))
                        .exec())
                .extracting(container -> container.getImage())
                .noneMatch(image -> image.contains("pgvector") || image.contains("ollama"));
    }

    @Test
    void eachImageKeepsItsModelUnderANameOfItsOwn() {
        assertThat(ContainerServices.imageWithModel("ollama/ollama:0.12.6"))
                .isEqualTo("stampede/ollama-ollama-0.12.6-with-all-minilm:latest");
        assertThat(ContainerServices.imageWithModel("my.registry:5000/Ollama@sha256:1"))
                .isEqualTo("stampede/my.registry-5000-ollama-sha256-1-with-all-minilm:latest");
    }

    private static EnvironmentConfig config(Map<String, String> parameters) {
        return EnvironmentConfig.of(
                Environment.CONTAINERS,
                new Settings(Map.of(), key -> null, key -> Optional.ofNullable(parameters.get(key))));
    }
}
