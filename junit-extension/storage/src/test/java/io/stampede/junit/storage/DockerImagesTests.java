package io.stampede.junit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.internal.settings.Settings;
import io.stampede.junit.storage.BrokenEngine.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class DockerImagesTests {
    private static final String NO_CONTAINER = "Docker created no container of pgvector/pgvector:pg17: ";

    @Test
    void anEngineWithoutSpaceSaysSoItself() {
        assertThat(obstacle(Kind.FULL, "2min"))
                .hasValue(NO_CONTAINER + "error creating overlay mount: no space left on device");
    }

    @Test
    void anEngineThatForbidsContainersSaysSoItself() {
        assertThat(obstacle(Kind.FORBIDDEN, "2min")).hasValue(NO_CONTAINER + "authorization denied by plugin");
    }

    @Test
    void anEngineThatRefusesTheClientIsThere() {
        assertThat(obstacle(Kind.NEWER, "2min"))
                .hasValue("Docker answers, but refuses: client version 1.32 is too old. Minimum supported API version"
                        + " is 1.44");
    }

    @Test
    void anEngineThatHangsIsGivenUp() {
        StringBuilder out = new StringBuilder();

        Optional<String> obstacle = Output.captured(out, () -> obstacle(Kind.HANGING, "1s"));

        assertThat(obstacle).hasValueSatisfying(why -> assertThat(why).startsWith("waited 1 s in vain for Docker to"));
        assertThat(out).contains("Stampede waits for Docker to ", ", for at most 1 s.");
    }

    @Test
    void anEngineThatIsUsableInPartSaysWhatFailed() {
        try (BrokenEngine engine = new BrokenEngine(Kind.FULL)) {
            DockerImages images = new DockerImages(
                    () -> {
                        throw new IllegalStateException("helper failed", new IllegalStateException("no Ryuk"));
                    },
                    engine::client,
                    () -> Stream.of(engine::client));

            assertThat(images.obstacle(config("2min"))).hasValue("Docker answers, but cannot be used: no Ryuk");
        }
    }

    @Test
    void noEngineIsNoneWhateverItsAbsenceThrows() {
        DockerImages images = new DockerImages(
                () -> {
                    throw new IllegalStateException("Could not find a valid Docker environment");
                },
                () -> {
                    throw new AssertionError("not asked");
                },
                () -> Stream.of(
                        () -> {
                            throw new UnsatisfiedLinkError("kernel32");
                        },
                        () -> {
                            throw new IllegalArgumentException("docker-machine was not found");
                        }));

        assertThat(images.obstacle(config("2min"))).hasValue("Docker is not there");
    }

    private static Optional<String> obstacle(Kind kind, String dockerTimeout) {
        try (BrokenEngine engine = new BrokenEngine(kind)) {
            return engine.images().obstacle(config(dockerTimeout));
        }
    }

    private static EnvironmentConfig config(String dockerTimeout) {
        Map<String, String> parameters = Map.of("stampede.docker.timeout", dockerTimeout);
        return EnvironmentConfig.of(Environment.AUTO, Settings.of(key -> Optional.ofNullable(parameters.get(key))));
    }
}
