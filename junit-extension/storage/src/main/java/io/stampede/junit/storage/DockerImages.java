package io.stampede.junit.storage;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import io.stampede.internal.junit.storage.Services;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;

/** Whether Docker answers, which images can be had from it, and whether it makes containers of them. */
class DockerImages {
    private final Callable<?> connection;
    private final Supplier<DockerClient> client;
    private final Supplier<Stream<Supplier<DockerClient>>> ways;

    DockerImages() {
        this(
                () -> DockerClientFactory.instance().client(),
                DockerClientFactory::lazyClient,
                () -> ServiceLoader.load(DockerClientProviderStrategy.class).stream()
                        .map(way -> () -> way.get().getDockerClient()));
    }

    /**
     * @param connection finds an engine and fails where there is none that can be used
     * @param client to that engine
     * @param ways all ways to an engine, whether there is one or not
     */
    DockerImages(Callable<?> connection, Supplier<DockerClient> client, Supplier<Stream<Supplier<DockerClient>>> ways) {
        this.connection = connection;
        this.client = client;
        this.ways = ways;
    }

    /**
     * Why containers cannot be had; empty where they can. Pulls what is missing, so it may take as long as the
     * configuration allows.
     */
    Optional<String> obstacle(EnvironmentConfig config) {
        try {
            connect(config.dockerTimeout());
            require(config.postgresImage(), config);
            String kept = ContainerServices.imageWithModel(config.ollamaImage());
            if (!isHereInTime(kept, config)) {
                require(config.ollamaImage(), config);
            }
            create(config.postgresImage(), config);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while asking Docker");
        } catch (Exception e) {
            return Optional.of(EngineMessage.of(e));
        }
    }

    private void connect(Duration limit) throws Exception {
        try {
            TimeLimit.of("Docker to answer", limit).call(connection);
        } catch (RuntimeException e) {
            throw new IllegalStateException(TimeLimit.of("Docker to say what is wrong", limit)
                    .call(() -> ways.get()
                            .flatMap(way -> answer(way, e).stream())
                            .findFirst()
                            .orElse("Docker is not there")));
        }
    }

    /** What an engine says that is there, though it cannot be used; empty where none is there. */
    private static Optional<String> answer(Supplier<DockerClient> way, RuntimeException failure) {
        try {
            way.get().infoCmd().exec();
            return Optional.of("Docker answers, but cannot be used: " + EngineMessage.of(failure));
        } catch (DockerException e) {
            return Optional.of("Docker answers, but refuses: " + EngineMessage.of(e));
        } catch (RuntimeException | LinkageError e) {
            // A way that this machine does not have; which error that is depends on the way.
            return Optional.empty();
        }
    }

    private void require(String image, EnvironmentConfig config) throws Exception {
        if (isHereInTime(image, config)) {
            return;
        }
        DockerImageName name = DockerImageName.parse(image);
        try {
            new TimeLimit("Docker to pull " + image, Duration.ZERO, config.imageTimeout()).call(() -> {
                try (ResultCallback.Adapter<PullResponseItem> pull = client.get()
                        .pullImageCmd(name.getUnversionedPart())
                        .withTag(name.getVersionPart())
                        .start()) {
                    return pull.awaitCompletion();
                }
            });
        } catch (RuntimeException e) {
            throw new IllegalStateException("image " + image + " cannot be pulled: " + EngineMessage.of(e));
        }
    }

    private boolean isHereInTime(String image, EnvironmentConfig config) throws Exception {
        return TimeLimit.of("Docker to look for " + image, config.dockerTimeout())
                .call(() -> isHere(image));
    }

    boolean isHere(String image) {
        try {
            client.get().inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    /** A full disk, a plugin that forbids it, or a daemon that hangs shows when a container is made, and not before. */
    private void create(String image, EnvironmentConfig config) throws Exception {
        try {
            TimeLimit.of("Docker to create a container of " + image, config.dockerTimeout())
                    .call(() -> {
                        String id = client.get()
                                .createContainerCmd(image)
                                .withLabels(DockerClientFactory.DEFAULT_LABELS)
                                .exec()
                                .getId();
                        return client.get()
                                .removeContainerCmd(id)
                                .withForce(true)
                                .exec();
                    });
        } catch (RuntimeException e) {
            throw new IllegalStateException("Docker created no container of " + image + ": " + EngineMessage.of(e));
        }
    }

    /** Starts what {@link #obstacle} says can be had. */
    Services start(EnvironmentConfig config) {
        return ContainerServices.start(config, this);
    }
}
