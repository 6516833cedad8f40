package io.stampede.junit.storage;

import io.stampede.internal.junit.storage.Services;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A Docker that is not there, and counts how often it was asked. */
final class FakeDocker extends DockerImages {
    static final String OBSTACLE = "Docker went fishing";

    final AtomicInteger asked = new AtomicInteger();
    private final String startFails;

    FakeDocker() {
        this("");
    }

    /** @param startFails why no container starts, though nothing speaks against it; empty for a Docker that is not there */
    FakeDocker(String startFails) {
        this.startFails = startFails;
    }

    @Override
    Optional<String> obstacle(EnvironmentConfig config) {
        asked.incrementAndGet();
        return startFails.isEmpty() ? Optional.of(OBSTACLE) : Optional.empty();
    }

    @Override
    Services start(EnvironmentConfig config) {
        throw new IllegalStateException("Container startup failed", new IllegalStateException(startFails));
    }
}
