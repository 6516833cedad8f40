package io.stampede.operation;

/**
 * What a load test runs. Called by many threads at once.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Operation {

    /**
     * Runs once.
     *
     * @param iteration this run of it
     * @throws Throwable where the operation failed; it is counted and grouped, and does not stop the run
     */
    void run(Iteration iteration) throws Throwable;
}
