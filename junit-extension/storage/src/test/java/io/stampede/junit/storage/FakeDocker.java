package io.stampede.junit.storage;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A Docker that is not there, and counts how often it was asked. */
final class FakeDocker extends DockerImages {
    static final String OBSTACLE = "Docker went fishing";

    final AtomicInteger asked = new AtomicInteger();

    @Override
    Optional<String> obstacle(EnvironmentConfig config) {
        asked.incrementAndGet();
        return Optional.of(OBSTACLE);
    }
}
