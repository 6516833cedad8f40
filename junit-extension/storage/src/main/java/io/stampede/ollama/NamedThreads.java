package io.stampede.ollama;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads named for their job; they inherit nothing from the test that happened to start them. */
final class NamedThreads implements ThreadFactory {
    private final String name;
    private final AtomicInteger number = new AtomicInteger();

    NamedThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable job) {
        Thread thread = new Thread(null, job, name + "-" + number.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        return thread;
    }
}
