package io.stampede.storage;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;

/** Whether there are containers. */
final class Docker {

    private Docker() {}

    /** Asked on a thread of its own: where the engine answers and its helper images cannot be had, the probe takes minutes. */
    static boolean answers() {
        ExecutorService probe = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "docker-probe");
            thread.setDaemon(true);
            return thread;
        });
        try {
            return probe.submit(() -> DockerClientFactory.instance().isDockerAvailable())
                    .get(10, TimeUnit.SECONDS);
        } catch (Throwable e) {
            return false;
        } finally {
            probe.shutdownNow();
        }
    }
}
