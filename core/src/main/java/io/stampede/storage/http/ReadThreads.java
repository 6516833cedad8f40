package io.stampede.storage.http;

import io.stampede.internal.storage.DaemonThreads;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that may wait for Postgres and Ollama, and a bounded line before them. Thread-safe. */
final class ReadThreads {

    /** What may take long and may fail. */
    interface Task {
        void run() throws Exception;
    }

    private final ThreadPoolExecutor threads;

    ReadThreads(int count, int queue) {
        this.threads = new ThreadPoolExecutor(
                count,
                count,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                DaemonThreads.numbered("stampede-http-reader"));
        threads.allowCoreThreadTimeOut(true);
    }

    /** Runs the task soon, or answers that there are too many; what it throws becomes the answer. */
    void run(Exchange exchange, Task task) {
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } catch (Throwable e) { // an answer is owed whatever happens
                    exchange.fail(e);
                }
            });
        } catch (RejectedExecutionException e) {
            exchange.refuse(Problem.later(503, "Too many requests wait to read what is stored.", 1));
        }
    }

    /** How many wait for a thread. */
    int waiting() {
        return threads.getQueue().size();
    }

    /** Interrupts what still runs, and waits a little for the threads. */
    void close() {
        DaemonThreads.end(threads);
    }
}
