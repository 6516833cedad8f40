package io.stampede.junit.storage;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls what may block for longer than anyone wants to wait. */
final class TimeLimit {
    private TimeLimit() {}

    /**
     * Calls on a daemon thread of its own, which is interrupted when the time is up.
     *
     * @throws TimeoutException where the time was up
     * @throws Exception what the call threw; an error of any kind comes wrapped
     */
    static <T> T call(String threadName, Duration limit, Callable<T> call) throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(null, task, threadName, 0, false);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            task.cancel(true);
        }
    }
}
