package io.stampede.junit.storage;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls what may block for longer than anyone wants to wait, and says what it waits for before it gives up.
 *
 * @param awaited what is waited for, such as {@code Docker to answer}
 * @param patience how long to wait without a word; no longer than the limit
 * @param limit how long to wait
 */
record TimeLimit(String awaited, Duration patience, Duration limit) {

    /** Says what it waits for after half of the time. */
    static TimeLimit of(String awaited, Duration limit) {
        return new TimeLimit(awaited, limit.dividedBy(2), limit);
    }

    /**
     * Calls on a daemon thread of its own, which is interrupted when the time is up.
     *
     * @throws TimeoutException where the time was up
     * @throws Exception what the call threw; an error of any kind comes wrapped
     */
    <T> T call(Callable<T> call) throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(null, task, "stampede-docker", 0, false);
        thread.setDaemon(true);
        thread.start();
        try {
            return await(task);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            task.cancel(true);
        }
    }

    private <T> T await(FutureTask<T> task) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            announce();
        }
        try {
            return task.get(limit.minus(patience).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TimeoutException("waited " + seconds() + " in vain for " + awaited);
        }
    }

    /** Whoever looks at a build that stands still sees why. */
    @SuppressWarnings("SystemOut")
    private void announce() {
        System.out.println("Stampede waits for " + awaited + ", for at most " + seconds() + ".");
    }

    private String seconds() {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
