package io.stampede.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Threads that are started and ended together. Any thread may end them. */
final class WorkerThreads {

    private final List<Thread> threads = new ArrayList<>();

    private WorkerThreads() {}

    /** A daemon of this name: its work needs no process kept alive for it. */
    static WorkerThreads daemon(String name, Runnable work) {
        WorkerThreads one = new WorkerThreads();
        one.add(name, work, true);
        return one;
    }

    /** One daemon for each worker, numbered from 1. */
    static WorkerThreads daemons(String name, List<? extends Runnable> workers) {
        return numbered(name, workers, true);
    }

    /** One thread for each worker, numbered from 1; each keeps the process alive until it has ended. */
    static WorkerThreads lasting(String name, List<? extends Runnable> workers) {
        return numbered(name, workers, false);
    }

    void start() {
        threads.forEach(Thread::start);
    }

    void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    /**
     * Waits until all have ended.
     *
     * @return false where one had not by then, or the calling thread was interrupted (it stays so)
     */
    boolean join(long deadlineNanos) {
        for (Thread thread : threads) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            if (thread.isAlive()) {
                return false;
            }
        }
        return true;
    }

    private static WorkerThreads numbered(String name, List<? extends Runnable> workers, boolean daemon) {
        WorkerThreads all = new WorkerThreads();
        for (int i = 0; i < workers.size(); i++) {
            all.add(name + "-" + (i + 1), workers.get(i), daemon);
        }
        return all;
    }

    private void add(String name, Runnable work, boolean daemon) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(daemon);
        threads.add(thread);
    }
}
