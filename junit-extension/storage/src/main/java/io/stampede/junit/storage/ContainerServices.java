package io.stampede.junit.storage;

import io.stampede.internal.junit.storage.Services;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.ollama.OllamaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Postgres with pgvector and Ollama, each in a container of its own. */
final class ContainerServices implements Services {
    private final PostgreSQLContainer postgres;
    private final OllamaContainer ollama;

    private ContainerServices(PostgreSQLContainer postgres, OllamaContainer ollama) {
        this.postgres = postgres;
        this.ollama = ollama;
    }

    /**
     * Starts both. The first time, Ollama pulls the model and the container is kept as a local image; from then on that
     * image is taken.
     */
    static ContainerServices start(EnvironmentConfig config, DockerImages images) {
        PostgreSQLContainer postgres = new PostgreSQLContainer(
                        DockerImageName.parse(config.postgresImage()).asCompatibleSubstituteFor("postgres"))
                // In place of the library's own, which takes fsync off: a commit is on disk when it returns.
                .withCommand("postgres", "-c", "max_connections=200");
        String withModel = imageWithModel(config.ollamaImage());
        boolean kept = images.isHere(withModel);
        OllamaContainer ollama = new OllamaContainer(DockerImageName.parse(kept ? withModel : config.ollamaImage())
                .asCompatibleSubstituteFor("ollama/ollama"));
        ContainerServices services = new ContainerServices(postgres, ollama);
        try {
            start(postgres, config);
            start(ollama, config);
            if (!OllamaProbe.hasModel(services.ollamaUrl())) {
                pullModel(ollama, config.imageTimeout());
                ollama.commitToImage(withModel);
            }
            return services;
        } catch (Throwable e) {
            services.closeInTime(config.dockerTimeout());
            throw e;
        }
    }

    private static void start(GenericContainer<?> container, EnvironmentConfig config) {
        String awaited = "Docker to start " + container.getDockerImageName();
        try {
            new TimeLimit(awaited, shorter(config.dockerTimeout(), config.imageTimeout()), config.imageTimeout())
                    .call(() -> {
                        container.start();
                        return true;
                    });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + awaited, e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Of what did not start, in an engine that may not answer. */
    private void closeInTime(Duration limit) {
        try {
            TimeLimit.of("Docker to stop what did not start", limit).call(() -> {
                close();
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // Why it did not start is what the reader needs; Testcontainers removes the rest when this JVM ends.
        }
    }

    /** The name under which an image with the model in it is kept: one for each image it was made from. */
    static String imageWithModel(String image) {
        return "stampede/" + image.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-") + "-with-all-minilm:latest";
    }

    private static void pullModel(OllamaContainer ollama, Duration timeout) {
        String failure;
        try {
            ExecResult result = new TimeLimit("Ollama to pull " + OllamaProbe.MODEL, Duration.ZERO, timeout)
                    .call(() -> ollama.execInContainer("ollama", "pull", OllamaProbe.MODEL));
            if (result.getExitCode() == 0) {
                return;
            }
            failure = (result.getStderr() + result.getStdout()).strip();
        } catch (Exception e) {
            failure = String.valueOf(e.getMessage());
        }
        throw new IllegalStateException("The model " + OllamaProbe.MODEL + " could not be pulled: " + failure
                + ". Use an image that has it (stampede.image.ollama), or the environment EMBEDDED.");
    }

    @Override
    public String jdbcUrl() {
        return postgres.getJdbcUrl();
    }

    @Override
    public String username() {
        return postgres.getUsername();
    }

    @Override
    public String password() {
        return postgres.getPassword();
    }

    @Override
    public URI ollamaUrl() {
        return URI.create(ollama.getEndpoint());
    }

    @Override
    public boolean mayEmptyTables() {
        return true;
    }

    @Override
    public void close() {
        try {
            ollama.stop();
        } finally {
            postgres.stop();
        }
    }
}
