package io.stampede.junit.storage;

import io.stampede.internal.junit.storage.Services;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.testcontainers.containers.Container.ExecResult;
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
            postgres.start();
            ollama.start();
            if (!OllamaProbe.hasModel(services.ollamaUrl())) {
                pullModel(ollama, config.imageTimeout());
                ollama.commitToImage(withModel);
            }
            return services;
        } catch (Throwable e) {
            services.close();
            throw e;
        }
    }

    /** The name under which an image with the model in it is kept: one for each image it was made from. */
    static String imageWithModel(String image) {
        return "stampede/" + image.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-") + "-with-all-minilm:latest";
    }

    private static void pullModel(OllamaContainer ollama, Duration timeout) {
        String failure;
        try {
            ExecResult result = TimeLimit.call(
                    "stampede-model-pull", timeout, () -> ollama.execInContainer("ollama", "pull", OllamaProbe.MODEL));
            if (result.getExitCode() == 0) {
                return;
            }
            failure = (result.getStderr() + result.getStdout()).strip();
        } catch (TimeoutException e) {
            failure = "it took longer than " + timeout.toSeconds() + " s";
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
