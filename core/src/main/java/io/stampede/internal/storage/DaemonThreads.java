package io.stampede.internal.storage;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that are named for their job and keep no process alive. */
public final class DaemonThreads {

    private static final long END_SECONDS = 5;

    private DaemonThreads() {}

    /** A thread that is not started yet. */
    public static Thread unstarted(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Makes threads that all have this name: for an executor that has one at a time. */
    public static ThreadFactory named(String name) {
        return task -> unstarted(name, task);
    }

    /** Makes threads with this name and a number, from 1. */
    public static ThreadFactory numbered(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> unstarted(name + "-" + number.incrementAndGet(), task);
    }

    /** Interrupts what still runs, and waits a few seconds for the threads. */
    public static void end(ExecutorService threads) {
        threads.shutdownNow();
        try {
            boolean unused = threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
