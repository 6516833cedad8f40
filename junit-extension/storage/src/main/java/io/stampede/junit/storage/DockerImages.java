package io.stampede.junit.storage;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/** Whether Docker answers, and which images can be had from it. */
class DockerImages {
    /**
     * Why containers cannot be had; empty where they can. Pulls what is missing, so it may take as long as the
     * configuration allows.
     */
    Optional<String> obstacle(EnvironmentConfig config) {
        Optional<String> silent = silence(config.dockerTimeout());
        if (silent.isPresent()) {
            return silent;
        }
        String kept = ContainerServices.imageWithModel(config.ollamaImage());
        try {
            Optional<String> missing = pull(config.postgresImage(), config.imageTimeout());
            return missing.isPresent() || isHere(kept) ? missing : pull(config.ollamaImage(), config.imageTimeout());
        } catch (RuntimeException e) {
            return Optional.of("Docker failed: " + firstLine(e));
        }
    }

    boolean isHere(String image) {
        try {
            DockerClientFactory.lazyClient().inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    /** Docker's client may block for two minutes, and throws errors of all kinds where its own images are missing. */
    private static Optional<String> silence(Duration limit) {
        try {
            boolean available = TimeLimit.call(
                    "stampede-docker-probe",
                    limit,
                    () -> DockerClientFactory.instance().isDockerAvailable());
            return available ? Optional.empty() : Optional.of("Docker is not there");
        } catch (TimeoutException e) {
            return Optional.of("Docker did not answer within " + limit.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while asking Docker");
        } catch (Exception e) {
            return Optional.of("Docker failed: " + firstLine(e));
        }
    }

    private Optional<String> pull(String image, Duration limit) {
        if (isHere(image)) {
            return Optional.empty();
        }
        DockerImageName name = DockerImageName.parse(image);
        DockerClient client = DockerClientFactory.lazyClient();
        try (ResultCallback.Adapter<PullResponseItem> pull = client.pullImageCmd(name.getUnversionedPart())
                .withTag(name.getVersionPart())
                .start()) {
            boolean ended = pull.awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS);
            return ended
                    ? Optional.empty()
                    : Optional.of("image " + image + " was not there within " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while pulling " + image);
        } catch (Exception e) {
            return Optional.of("image " + image + " cannot be pulled: " + firstLine(e));
        }
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        String line = message.lines().findFirst().orElse("").strip();
        return line.length() > 160 ? line.substring(0, 160) + "..." : line;
    }
}
